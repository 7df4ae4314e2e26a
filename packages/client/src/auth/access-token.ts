import { AuthenticationError } from "../errors/errors.ts";
import { oneLine, reasonOf } from "../errors/message.ts";
import { redactedError, redactor } from "../errors/redact.ts";
import { abortable } from "../runtime/abort.ts";
import type { TokenSource } from "../transport/token-source.ts";
import { isToken } from "./token.ts";

/** Returns the same token for every request. */
export function fixedTokenSource(token: string): TokenSource {
  return { get: () => Promise.resolve(token), invalidate: () => false };
}

/** Calls the caller's function for every request. */
export function tokenFunctionSource(accessToken: () => string | Promise<string>): TokenSource {
  /** The last token, which an error of the function may contain. */
  let lastToken = "";
  const get = async () => {
    let token: string;
    try {
      token = await accessToken();
    } catch (error) {
      const redact = redactor([lastToken]);
      throw new AuthenticationError(`The accessToken function threw: ${oneLine(redact(reasonOf(error)))}`, {
        cause: redactedError(error, redact),
      });
    }
    if (!isToken(token)) {
      throw new AuthenticationError(
        "The accessToken function returned an invalid token; it must return a string of visible ASCII characters.",
      );
    }
    return (lastToken = token);
  };
  return { get: (signal) => abortable(get(), signal), invalidate: () => true };
}
