import { AbortError, type IscError, TimeoutError } from "../errors/errors.ts";

/**
 * Returns the error for an aborted signal: its reason if that is the client's own `TimeoutError`, a `TimeoutError` if the signal comes
 * from `AbortSignal.timeout`, else an `AbortError`.
 */
export function toAbortError({ reason }: AbortSignal): IscError {
  if (reason instanceof TimeoutError) return reason;
  // The reason of `AbortSignal.timeout` is a DOMException, in Jest one of another realm.
  return (reason as Partial<Error> | null | undefined)?.name === "TimeoutError"
    ? new TimeoutError("The call's signal timed out.", { cause: reason })
    : new AbortError("The call was aborted.", { cause: reason });
}

/**
 * Waits for a promise until the signal is aborted. The work behind the promise goes on.
 * @throws AbortError or TimeoutError when the signal is aborted first
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(toAbortError(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
