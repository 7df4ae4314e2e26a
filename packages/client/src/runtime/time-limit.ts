import { TimeoutError } from "../errors/errors.ts";
import type { Clock } from "./clock.ts";

/** A time limit for work that a signal can end. */
export interface TimeLimit {
  /** Aborted with a TimeoutError when the time is up, or when the caller's signal is aborted. */
  readonly signal: AbortSignal;
  /** Starts the time again. Has no effect after `lift`: an upload may go on after the response has begun. */
  readonly set: (milliseconds: number, message: () => string) => void;
  /** Ends the limit. The signal then follows the caller's signal alone. */
  readonly lift: () => void;
}

export function timeLimit(clock: Clock, outer: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController();
  const { signal } = controller;
  let cancel = () => {};
  let isLifted = false;
  return {
    signal: outer ? AbortSignal.any([outer, signal]) : signal,
    set(milliseconds, message) {
      if (isLifted) return;
      cancel();
      const end = () => controller.abort(new TimeoutError(message()));
      // A timer takes at least a millisecond, so a limit of 0 that is set again more often would never end.
      if (milliseconds > 0) cancel = clock.after(milliseconds, end);
      else end();
    },
    lift() {
      cancel();
      isLifted = true;
    },
  };
}
