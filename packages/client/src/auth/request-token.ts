import { AuthenticationError } from "../errors/errors.ts";
import { oneLine } from "../errors/message.ts";
import type { Clock } from "../runtime/clock.ts";
import { type AuthRequestSettings, sendAuthRequest } from "./auth-request.ts";
import { isToken, type Token } from "./token.ts";

/** The credentials and the token endpoint. */
export interface TokenRequest {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Requests a token with the client credentials grant (RFC 6749, sections 4.4, 5.1 and 5.2).
 * @throws AuthenticationError
 */
export async function requestToken(
  settings: AuthRequestSettings,
  { url, clientId, clientSecret }: TokenRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<Token> {
  // A query may contain a key.
  const name = `token endpoint ${url.replace(/[?#].*/, "")}`;
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  const issued = clock.now();
  const response = await sendAuthRequest(settings, { url, name: `the ${name}`, form }, signal);
  const { ok, status, fields, redact } = response;
  if (!ok) {
    const reasons = [fields["error"], fields["error_description"]].filter((part) => typeof part === "string");
    const reason = reasons.length > 0 ? `: ${oneLine(redact(reasons.join(": ")))}` : ".";
    throw new AuthenticationError(`The ${name} answered ${status}${reason}`, response);
  }
  const { access_token: value, expires_in: expiresIn } = fields;
  if (!isToken(value)) {
    throw new AuthenticationError(`The ${name} answered ${status} without a valid access token.`, response);
  }
  return { value, issued, expires: issued + lifetime(expiresIn) };
}

/** Returns the lifetime in milliseconds. Some servers send the seconds as a string. */
function lifetime(expiresIn: unknown): number {
  const seconds = Number.parseFloat(String(expiresIn));
  return Number.isNaN(seconds) ? Infinity : Math.max(seconds, 0) * 1000;
}
