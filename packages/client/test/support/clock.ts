import type { Clock } from "../../src/runtime/clock.ts";

interface Timer {
  readonly milliseconds: number;
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that a test advances, so that nothing depends on the speed of the machine. */
export class ManualClock implements Clock {
  /** Delays of the timers that have fired, in order, in milliseconds. */
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

  /** Resolves when a timer with a delay from `least` to `most` milliseconds is set. */
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

  /** Advances the time, and runs the timers and the tasks that follow from them. */
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

  /** Advances the time to the end of the oldest timer with exactly this delay, and runs no other timer. */
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
 * A clock whose short timers fire at once. A timer that is longer than `longestWait` is a time limit, and fires only when the test calls
 * `expire`. So a call takes the same course on every machine.
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
