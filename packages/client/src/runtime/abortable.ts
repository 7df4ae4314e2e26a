import { abortError } from "../errors/abort-error.ts";

/**
 * The promise's outcome, or the signal's end if that comes first. What the promise stands for goes on.
 * @throws AbortError or TimeoutError at the signal's end.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(abortError(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
