import { AbortError, TimeoutError } from "./errors.ts";

/** What an ended signal means to the caller: its own abort, or the time that it set by `AbortSignal.timeout`. */
export function abortError({ reason }: AbortSignal): AbortError | TimeoutError {
  return reason instanceof DOMException && reason.name === "TimeoutError"
    ? new TimeoutError("The call took longer than its signal allows.", { cause: reason })
    : new AbortError("The call was aborted.", { cause: reason });
}
