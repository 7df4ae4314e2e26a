import { AuthenticationError } from "../errors/errors.ts";
import { oneLine } from "../errors/one-line.ts";
import { type AuthRequestSettings, sendAuthRequest, withoutQuery } from "./auth-request.ts";
import { isToken, type Token } from "./token.ts";
import type { Clock } from "../runtime/clock.ts";

/** The request and the response of the client credentials grant: RFC 6749, sections 4.4, 5.1 and 5.2. */
export interface TokenRequest {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** @throws AuthenticationError */
export async function requestToken(
  settings: AuthRequestSettings,
  { url, clientId, clientSecret }: TokenRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<Token> {
  const name = `token endpoint ${withoutQuery(url)}`;
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

/** The lifetime in milliseconds. Some servers send the seconds as a string. */
function lifetime(expiresIn: unknown): number {
  const seconds = Number.parseFloat(String(expiresIn));
  return Number.isNaN(seconds) ? Infinity : Math.max(seconds, 0) * 1000;
}
