import type { Clock } from "../runtime/clock.ts";
import { type AuthRequestSettings, sendAuthRequest } from "./auth-request.ts";
import { isVisible, type Token } from "./token.ts";

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
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  // A query may contain a key.
  const name = `The token endpoint ${url.replace(/[?#].*/, "")}`;
  const issued = clock.now();
  const { fields, toError } = await sendAuthRequest(settings, { url, name, form }, signal);
  const { access_token: value, expires_in: expiresIn } = fields;
  if (!isVisible(value)) throw toError(" without a valid access token.");
  // Some servers send the seconds as a string.
  const seconds = Number.parseFloat(String(expiresIn));
  return { value, issued, expires: Number.isNaN(seconds) ? Infinity : issued + seconds * 1000 };
}
