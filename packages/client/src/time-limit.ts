import type { Clock } from "./clock.ts";
import { TimeoutError } from "./errors.ts";

/** A limit of time on something that ends with a signal. */
export interface TimeLimit {
  /** Ends when the time is over, with a TimeoutError, or with the signal that the limit was given. */
  readonly signal: AbortSignal;
  /** The time begins anew. */
  readonly renew: () => void;
  /** Whoever still has the signal is no longer limited by time. */
  readonly lift: () => void;
}

export function limitTime(
  clock: Clock,
  milliseconds: number,
  what: string,
  outer: AbortSignal | undefined,
): TimeLimit {
  const controller = new AbortController();
  const end = () => controller.abort(new TimeoutError(`${what} took longer than ${milliseconds} ms.`));
  let cancel: (() => void) | undefined = clock.after(milliseconds, end);
  return {
    signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
    renew() {
      // Once lifted it stays so: an upload may go on after its answer.
      if (cancel === undefined) return;
      cancel();
      cancel = clock.after(milliseconds, end);
    },
    lift() {
      cancel?.();
      cancel = undefined;
    },
  };
}
