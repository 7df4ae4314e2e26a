import { ConfigurationError, IscError } from "./errors.ts";
import { reasonOf } from "./reason.ts";

/** The error of something that the client was given, or that was made of it; one of the client's own stays as it is. */
export function configurationError(what: string, cause: unknown): IscError {
  return cause instanceof IscError ? cause : new ConfigurationError(`${what}: ${reasonOf(cause)}`, { cause });
}
