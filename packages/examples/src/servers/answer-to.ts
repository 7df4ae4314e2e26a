import { ApiError, ConfigurationError, IscError, TimeoutError } from "@isc-customizers/client";

/** The answer of a back end for an error of the client. */
export interface ErrorAnswer {
  readonly status: 400 | 404 | 429 | 500 | 502 | 504;
  readonly body: { readonly error: string };
}

/**
 * Returns the answer for an error. The caller's own mistakes (400, 404) and the rate limit are passed on. A 401 or 403 of the
 * tenant is not the caller's: the back end lacks the right.
 */
export function answerTo(error: unknown): ErrorAnswer {
  if (error instanceof ApiError && (error.status === 400 || error.status === 404 || error.status === 429))
    return { status: error.status, body: { error: error.messages[0]?.text ?? error.message } };
  if (error instanceof ConfigurationError) return { status: 400, body: { error: error.message } };
  if (error instanceof TimeoutError)
    return { status: 504, body: { error: "The tenant did not answer in time." } };
  if (error instanceof IscError) return { status: 502, body: { error: "The tenant cannot be used." } };
  return { status: 500, body: { error: "Something went wrong." } };
}
