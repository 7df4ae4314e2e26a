import { check } from "../errors/check.ts";
import type { TokenSource } from "../transport/transport-context.ts";
import type { Platform } from "../transport/transport-context.ts";
import { accessTokenSource } from "./access-token.ts";
import type { Auth, ClientCredentialsAuth } from "./auth-options.ts";
import { clientCredentialsSource, type TokenRequestOptions } from "./client-credentials.ts";

/** @throws ConfigurationError unless `auth` is either valid client credentials or an access token. */
export function createTokenSource(
  auth: Auth,
  baseUrl: string,
  platform: Platform,
  options: TokenRequestOptions,
): TokenSource {
  const { accessToken, ...credentials } = Object(auth) as Auth;
  const hasCredentials = Object.values(credentials).some((value) => value !== undefined);
  check(
    typeof auth === "object" && hasCredentials !== (accessToken !== undefined),
    "auth",
    "either { clientId, clientSecret } or { accessToken }",
  );
  return accessToken === undefined
    ? clientCredentialsSource(credentials as ClientCredentialsAuth, baseUrl, platform, options)
    : accessTokenSource(accessToken);
}
