import type { UploadProgress } from "@isc-customizers/types";
import { CallbackError } from "../errors/errors.ts";
import { reasonOf } from "../errors/reason.ts";

/** The option `onUploadProgress`. It may return a promise, as an `async` function does. */
export type OnUploadProgress = (progress: UploadProgress) => unknown;

/**
 * Calls `onUploadProgress`.
 * @param onRejected called with the error if the function returns a promise that rejects.
 * @throws CallbackError if the function throws.
 */
export function reportProgress(
  onUploadProgress: OnUploadProgress | undefined,
  progress: UploadProgress,
  onRejected: (error: CallbackError) => void,
): void {
  const toError = (cause: unknown) => new CallbackError("onUploadProgress", reasonOf(cause), { cause });
  try {
    const result = onUploadProgress?.(progress);
    Promise.resolve(result).catch((cause: unknown) => onRejected(toError(cause)));
  } catch (cause) {
    throw toError(cause);
  }
}
