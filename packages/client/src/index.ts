export { type Client, createClient } from "./create-client.ts";
export type { Auth, ClientOptions } from "./client-options.ts";
export {
  AbortError,
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConfigurationError,
  ConnectionError,
  ForbiddenError,
  IscError,
  NotFoundError,
  RateLimitError,
  ResponseParseError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
} from "./errors.ts";
export type { ErrorMessage } from "./error-body.ts";
export type * from "@isc-customizers/types";
