const names = {
  400: "BadRequestError",
  401: "UnauthorizedError",
  403: "ForbiddenError",
  404: "NotFoundError",
  429: "RateLimitError",
} as const;

/** The name of the error class of an HTTP error. */
export type ErrorName = (typeof names)[keyof typeof names] | "ServerError" | "ApiError";

/** Returns the name of the error class for a status (RFC 9110, section 15). The client and the reference use the same names. */
export function errorName(status: number): ErrorName {
  const known: Readonly<Record<number, ErrorName>> = names;
  return known[status] ?? (status >= 500 ? "ServerError" : "ApiError");
}
