// Generated from scripts/src/contract/error-name.ts by `pnpm generate`. Do not edit.

/** The name of the error class of an HTTP error. */
export type ErrorName =
  | "BadRequestError"
  | "UnauthorizedError"
  | "ForbiddenError"
  | "NotFoundError"
  | "RateLimitError"
  | "ServerError"
  | "ApiError";

/** The error class that stands for a status (RFC 9110, section 15): the reference and the client both go by it. */
export function errorName(status: number): ErrorName {
  switch (status) {
    case 400:
      return "BadRequestError";
    case 401:
      return "UnauthorizedError";
    case 403:
      return "ForbiddenError";
    case 404:
      return "NotFoundError";
    case 429:
      return "RateLimitError";
    default:
      return status >= 500 ? "ServerError" : "ApiError";
  }
}
