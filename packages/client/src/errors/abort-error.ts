import { AbortError, type IscError, TimeoutError } from "./errors.ts";

/** What an ended signal means to the caller: its own abort, the time that it set by `AbortSignal.timeout`, or the client's own. */
export function abortError({ reason }: AbortSignal): IscError {
  if (reason instanceof TimeoutError) return reason;
  return reason instanceof DOMException && reason.name === "TimeoutError"
    ? new TimeoutError("The call took longer than its signal allows.", { cause: reason })
    : new AbortError("The call was aborted.", { cause: reason });
}
