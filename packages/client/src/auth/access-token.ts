import { AuthenticationError } from "../errors/errors.ts";
import { redactor } from "../errors/redact.ts";
import { toCallbackError } from "../errors/wrap-error.ts";
import { abortable } from "../runtime/abort.ts";
import type { TokenSource } from "../transport/token-source.ts";
import type { AccessTokenAuth } from "./auth-options.ts";
import { isVisible, visible } from "./token.ts";

/** Returns the caller's token for every request, or calls the caller's function for it. */
export function accessTokenSource(accessToken: AccessTokenAuth["accessToken"]): TokenSource {
  if (typeof accessToken === "string")
    return { get: () => Promise.resolve(accessToken), invalidate: () => false };
  /** The last token, which an error of the function may contain. */
  let lastToken = "";
  const get = async () => {
    let token: string;
    try {
      token = await accessToken();
    } catch (error) {
      const { message, cause } = toCallbackError("accessToken", error, redactor([lastToken]));
      throw new AuthenticationError(message, { cause });
    }
    if (!isVisible(token)) throw new AuthenticationError(`The function accessToken must return ${visible}.`);
    return (lastToken = token);
  };
  return { get: (signal) => abortable(get(), signal), invalidate: () => true };
}
