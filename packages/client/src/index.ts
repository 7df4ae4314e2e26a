export { type Client, createClient } from "./create-client.ts";
export type { AccessTokenAuth, Auth, ClientCredentialsAuth, ClientOptions, Fetch } from "./client-options.ts";
export {
  AbortError,
  ApiError,
  type ApiErrorDetails,
  AuthenticationError,
  BadRequestError,
  ConfigurationError,
  ConnectionError,
  ForbiddenError,
  IscError,
  NotFoundError,
  PaginationError,
  RateLimitError,
  type ResponseDetails,
  ResponseParseError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
} from "./errors.ts";
export type { Logger, LogLevel } from "./logger.ts";
export type { RateLimit, RateLimiter } from "./rate-limiter.ts";
export type { StoredToken, TokenStore } from "./token-store.ts";
export type { ErrorBody, ErrorMessage } from "./error-body.ts";
export type * from "@isc-customizers/types";
