import { CallbackError } from "./errors.ts";
import { oneLine, reasonOf } from "./reason.ts";
import { type Redact, redactedError, redactor } from "./redact.ts";

/**
 * Creates the error for a function of the caller's that threw.
 * @param callback the function's name as the caller knows it, such as `rateLimit.acquire`
 * @param error the value that it threw
 */
export function toCallbackError(
  callback: string,
  error: unknown,
  redact: Redact = redactor([]),
): CallbackError {
  return new CallbackError(callback, oneLine(redact(reasonOf(error))), {
    cause: redactedError(error, redact),
  });
}
