import { type Clock, systemClock } from "../src/clock.ts";

/** A clock that runs so many times as fast as the world's. */
export function fastClock(times: number): Clock {
  return {
    now: () => systemClock.now() * times,
    after: (milliseconds, callback) => systemClock.after(milliseconds / times, callback),
  };
}

/** What a clock is asked for, as it happens. */
class Asked {
  readonly #watchers = new Set<(milliseconds: number) => void>();

  readonly tell = (milliseconds: number) => {
    for (const watcher of this.#watchers) watcher(milliseconds);
  };

  /** Resolves when the clock is asked for a wait of so many milliseconds, at least and at most. */
  readonly for = (least: number, most: number = least): Promise<void> =>
    new Promise((resolve) => {
      const watcher = (asked: number) => {
        if (asked < least || asked > most) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
    });
}

/** A fast clock that knows what was asked of it. What a call waited for can be told from it, whatever the machine is busy with. */
export class WatchedClock implements Clock {
  /** What ran out, in milliseconds, in the order in which it did. */
  readonly fired: number[] = [];
  /** How much is still to run out: a call that has ended leaves nothing. */
  pending = 0;
  readonly #clock: Clock;
  readonly #asked = new Asked();
  readonly asked = this.#asked.for;

  constructor(times: number) {
    this.#clock = fastClock(times);
  }

  now(): number {
    return this.#clock.now();
  }

  after(milliseconds: number, callback: () => void): () => void {
    let over = false;
    const end = () => {
      if (!over) this.pending--;
      over = true;
    };
    this.pending++;
    const cancel = this.#clock.after(milliseconds, () => {
      end();
      this.fired.push(milliseconds);
      callback();
    });
    this.#asked.tell(milliseconds);
    return () => {
      end();
      cancel();
    };
  }
}

/** A clock that goes when it is told to. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  readonly #asked = new Asked();
  readonly asked = this.#asked.for;

  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#now + milliseconds, callback };
    this.#timers.add(timer);
    this.#asked.tell(milliseconds);
    return () => this.#timers.delete(timer);
  }

  /** Lets so much time pass, and what follows from it happen. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await new Promise(setImmediate);
      const [next] = [...this.#timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
    this.#now = end;
  }
}
