import { server } from "@isc-customizers/types";
import { check } from "../errors/check.ts";
import { secureUrl } from "../runtime/secure-url.ts";
import type { TokenSource } from "../transport/token-source.ts";
import type { Platform } from "../transport/transport-context.ts";
import { accessTokenSource } from "./access-token.ts";
import type { Auth } from "./auth-options.ts";
import { clientCredentialsSource, type TokenRequestOptions } from "./client-credentials.ts";
import { isVisible, visible } from "./token.ts";

/** @throws ConfigurationError unless `auth` is either valid client credentials or an access token. */
export function createTokenSource(
  auth: Auth,
  baseUrl: string,
  platform: Platform,
  options: TokenRequestOptions,
): TokenSource {
  const { accessToken, clientId, clientSecret, tokenUrl, tokenStore } = Object(auth) as Auth;
  const hasCredentials = (clientId ?? clientSecret ?? tokenUrl ?? tokenStore) !== undefined;
  const hasToken = accessToken !== undefined;
  check(hasCredentials !== hasToken, "auth", "either { clientId, clientSecret } or { accessToken }");
  if (hasToken) {
    const isValid = typeof accessToken === "function" || isVisible(accessToken);
    check(isValid, "auth.accessToken", `${visible}, or a function that returns one`);
    return accessTokenSource(accessToken);
  }
  check(isVisible(clientId), "auth.clientId", visible);
  check(isVisible(clientSecret), "auth.clientSecret", visible);
  check(
    tokenStore === undefined || isTokenStore(tokenStore),
    "auth.tokenStore",
    "an object with the methods `get`, `set` and `delete`",
  );
  // By default the token endpoint is at the root of the tenant, without an API version.
  const endpoint = tokenUrl ?? baseUrl + (server.tokenUrl ?? "/oauth/token");
  const credentials = {
    clientId,
    clientSecret,
    tokenUrl: endpoint === "discover" ? undefined : secureUrl("auth.tokenUrl", endpoint).href,
    infoUrl: `${baseUrl}/oauth/info`,
    tokenStore,
  };
  return clientCredentialsSource(credentials, platform, options);
}

function isTokenStore(value: unknown): boolean {
  const store = Object(value) as Record<string, unknown>;
  return ["get", "set", "delete"].every((name) => typeof store[name] === "function");
}
