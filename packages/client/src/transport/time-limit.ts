import type { Clock } from "../runtime/clock.ts";
import { TimeoutError } from "../errors/errors.ts";

/** A limit of time on something that goes by a signal. */
export interface TimeLimit {
  /** Ends with a TimeoutError when the time is up, or with the signal that there was before. */
  readonly signal: AbortSignal;
  /** Lets the time begin anew. What has been lifted stays so: an upload may go on after its answer. */
  readonly set: (milliseconds: number, message: () => string) => void;
  /** Whoever still has the signal is no longer limited by time. */
  readonly lift: () => void;
}

export function timeLimit(clock: Clock, outer: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController();
  const { signal } = controller;
  /** Takes the limit back; `undefined` once that is done for good. */
  let cancel: (() => void) | undefined = () => {};
  return {
    signal: outer ? AbortSignal.any([outer, signal]) : signal,
    set(milliseconds, message) {
      if (cancel === undefined) return;
      cancel();
      const end = () => controller.abort(new TimeoutError(message()));
      // A timer takes a millisecond at least: one that is set anew more often than that would never run out.
      if (milliseconds > 0) cancel = clock.after(milliseconds, end);
      else end();
    },
    lift() {
      cancel?.();
      cancel = undefined;
    },
  };
}
