export { type Client, createClient } from "./create-client.ts";
export type { AccessTokenAuth, Auth, ClientCredentialsAuth } from "./auth/auth-options.ts";
export type { ApiVersion, ClientOptions } from "./client-options.ts";
export {
  AbortError,
  ApiError,
  type ApiErrorDetails,
  AuthenticationError,
  BadRequestError,
  CallbackError,
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
} from "./errors/errors.ts";
export type { LogFields, Logger, LogLevel } from "./runtime/logger.ts";
export type { Fetch } from "./transport/transport-context.ts";
export type { RateLimit, RateLimiter, Release } from "./transport/rate-limiter.ts";
export type { StoredToken, TokenStore } from "./auth/token-store.ts";
export type { ErrorBody, ErrorMessage } from "./errors/error-body.ts";
export type { Middleware } from "openapi-fetch";
export type * from "@isc-customizers/types";
