import type { Clock } from "../../src/runtime/clock.ts";

interface Timer {
  readonly milliseconds: number;
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that goes when it is told to, so that nothing depends on how fast the machine is. */
export class ManualClock implements Clock {
  /** Timers that have fired, in order, each by its delay in milliseconds. */
  readonly fired: number[] = [];
  #now = 0;
  readonly #timers = new Set<Timer>();
  readonly #watchers = new Set<(milliseconds: number) => void>();

  /** Number of timers that are still set. A call that has ended leaves none. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, callback: () => void): () => void {
    // As on Node: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args
    const timer = { milliseconds, at: this.#now + Math.max(milliseconds, 1), callback };
    this.#timers.add(timer);
    for (const watcher of this.#watchers) watcher(milliseconds);
    return () => this.#timers.delete(timer);
  }

  /** Resolves when the clock is asked for a wait of so many milliseconds, at least and at most. */
  asked(least: number, most: number = least): Promise<void> {
    return new Promise((resolve) => {
      const watcher = (milliseconds: number) => {
        if (milliseconds < least || milliseconds > most) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
    });
  }

  /** Lets so much time pass, and what follows from it happen. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await new Promise(setImmediate);
      const [next] = [...this.#timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#run(next);
    }
    this.#now = end;
  }

  /** Lets the time pass that the oldest wait of exactly so many milliseconds takes, and nothing else run out meanwhile. */
  expire(milliseconds: number): void {
    const timer = [...this.#timers].find((one) => one.milliseconds === milliseconds);
    if (timer) this.#run(timer);
  }

  #run(timer: Timer): void {
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.at);
    this.fired.push(timer.milliseconds);
    timer.callback();
  }
}

/**
 * A clock on which what is waited for is over at once, while what is longer than the longest wait is a limit, and is reached only if
 * the test lets it expire. A call's path over it is the same on every machine.
 */
export class EagerClock extends ManualClock {
  readonly #longestWait: number;

  constructor(longestWait = 20_000) {
    super();
    this.#longestWait = longestWait;
  }

  override after(milliseconds: number, callback: () => void): () => void {
    const cancel = super.after(milliseconds, callback);
    if (milliseconds <= this.#longestWait) setImmediate(() => this.expire(milliseconds));
    return cancel;
  }
}
