import { type Clock, systemClock } from "../src/clock.ts";

/** A clock that runs so many times as fast as the world's. */
export function fastClock(times: number): Clock {
  return {
    now: () => systemClock.now() * times,
    after: (milliseconds, callback) => systemClock.after(milliseconds / times, callback),
  };
}
