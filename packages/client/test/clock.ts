import { type Clock, systemClock } from "../src/clock.ts";

/** A clock that runs so many times as fast as the world's. */
export function fastClock(times: number): Clock {
  return {
    now: () => systemClock.now() * times,
    after: (milliseconds, callback) => systemClock.after(milliseconds / times, callback),
  };
}

/** A clock that stands still until it is told. */
export function manualClock(): Clock & {
  readonly advance: (milliseconds: number) => void;
  /** How many are waiting. */
  readonly timers: () => number;
} {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    timers: () => timers.size,
    after(milliseconds, callback) {
      const timer = { at: now + milliseconds, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = end;
    },
  };
}
