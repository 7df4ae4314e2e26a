import { AbortError, TimeoutError } from "./errors.ts";

/** The promise's outcome, or the signal's end if that comes first. What the promise stands for goes on. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise;
  let listener: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    listener = () => reject(abortError(signal));
    signal.addEventListener("abort", listener, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (listener !== undefined) signal.removeEventListener("abort", listener);
  }
}

/** What an ended signal means to the caller: its own abort, or the time that it set by `AbortSignal.timeout`. */
export function abortError({ reason }: AbortSignal): AbortError | TimeoutError {
  return reason instanceof DOMException && reason.name === "TimeoutError"
    ? new TimeoutError("The call took longer than its signal allows.", { cause: reason })
    : new AbortError("The call was aborted.", { cause: reason });
}
