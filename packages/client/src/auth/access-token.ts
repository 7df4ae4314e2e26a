import { AuthenticationError } from "../errors/errors.ts";
import { reasonOf } from "../errors/reason.ts";
import { redactedError, redactor } from "../errors/redact.ts";
import { abortable } from "../runtime/abortable.ts";
import { isToken } from "./token.ts";
import type { TokenSource } from "../transport/token-source.ts";

/** Returns the same token for every request. */
export function fixedTokenSource(token: string): TokenSource {
  return { get: () => Promise.resolve(token), invalidate: () => false };
}

/** Calls the caller's function for every request. */
export function tokenFunctionSource(accessToken: () => string | Promise<string>): TokenSource {
  /** The last token, which an error of the function may contain. */
  let secrets: string[] = [];
  const get = async () => {
    let token: string;
    try {
      token = await accessToken();
    } catch (error) {
      const redact = redactor(secrets);
      throw new AuthenticationError(`The accessToken function threw: ${redact(reasonOf(error))}`, {
        cause: redactedError(error, redact),
      });
    }
    if (!isToken(token)) {
      throw new AuthenticationError(
        "The accessToken function returned an invalid token; it must return a string of visible ASCII characters.",
      );
    }
    secrets = [token];
    return token;
  };
  return { get: (signal) => abortable(get(), signal), invalidate: () => true };
}
