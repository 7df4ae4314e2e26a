import { check } from "../errors/check.ts";
import { AuthenticationError } from "../errors/errors.ts";
import { redactor } from "../errors/redact.ts";
import { toCallbackError } from "../errors/to-callback-error.ts";
import { abortable } from "../runtime/abort.ts";
import type { TokenSource } from "../transport/transport-context.ts";
import type { AccessTokenAuth } from "./auth-options.ts";
import { isVisible, visible } from "./token.ts";

/**
 * Provides the caller's token, or calls the caller's function for every request.
 * @throws ConfigurationError for an invalid token.
 */
export function accessTokenSource(accessToken: AccessTokenAuth["accessToken"]): TokenSource {
  const isFunction = typeof accessToken === "function";
  check(isFunction || isVisible(accessToken), "auth.accessToken", `${visible} or a function`);
  /** The last token, which an error of the function may contain. */
  let lastToken = "";
  const get = async () => {
    let token: string;
    try {
      token = isFunction ? await accessToken() : accessToken;
    } catch (error) {
      const { message, cause } = toCallbackError("accessToken", error, redactor([lastToken]));
      throw new AuthenticationError(message, { cause });
    }
    if (!isVisible(token)) throw new AuthenticationError(`The function accessToken must return ${visible}.`);
    return (lastToken = token);
  };
  return { get: (signal) => abortable(get(), signal), invalidate: () => isFunction };
}
