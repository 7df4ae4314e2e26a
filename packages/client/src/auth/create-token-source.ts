import { server } from "@isc-customizers/types";
import { ConfigurationError } from "../errors/errors.ts";
import { secureUrl } from "../runtime/secure-url.ts";
import type { TokenSource } from "../transport/token-source.ts";
import type { Platform } from "../transport/transport-context.ts";
import { fixedTokenSource, tokenFunctionSource } from "./access-token.ts";
import type { Auth } from "./auth-options.ts";
import { clientCredentialsSource, type TokenRequestOptions } from "./client-credentials.ts";
import { isToken } from "./token.ts";

const eitherAuth = "`auth` must have either `clientId` and `clientSecret`, or `accessToken`, and not both.";

/** @throws ConfigurationError unless `auth` is either valid client credentials or an access token. */
export function createTokenSource(
  auth: Auth,
  baseUrl: string,
  platform: Platform,
  options: TokenRequestOptions,
): TokenSource {
  if (typeof auth !== "object" || auth === null) throw new ConfigurationError(eitherAuth);
  const { accessToken, clientId, clientSecret, tokenUrl, tokenStore } = auth;
  if (accessToken === undefined) {
    const credentials = {
      clientId: checkCredential("clientId", clientId),
      clientSecret: checkCredential("clientSecret", clientSecret),
      tokenUrl: tokenUrl === "discover" ? undefined : resolveTokenUrl(tokenUrl, baseUrl),
      infoUrl: `${baseUrl}/oauth/info`,
      tokenStore,
    };
    checkTokenStore(tokenStore);
    return clientCredentialsSource(credentials, platform, options);
  }
  if ((clientId ?? clientSecret ?? tokenUrl ?? tokenStore) !== undefined) {
    throw new ConfigurationError(eitherAuth);
  }
  if (typeof accessToken === "function") return tokenFunctionSource(accessToken);
  if (isToken(accessToken)) return fixedTokenSource(accessToken);
  throw new ConfigurationError(
    "`auth.accessToken` must be a string of visible ASCII characters, or a function that returns one.",
  );
}

/** Credentials are visible ASCII characters and spaces (RFC 6749, appendix A). */
function checkCredential(name: "clientId" | "clientSecret", value: unknown): string {
  if (typeof value === "string" && /^[\x20-\x7e]+$/.test(value)) return value;
  throw new ConfigurationError(`\`auth.${name}\` must be a string of ASCII characters, and not empty.`);
}

function checkTokenStore(value: unknown): void {
  const store = Object(value) as Record<string, unknown>;
  const isStore = ["get", "set", "delete"].every((name) => typeof store[name] === "function");
  if (value === undefined || isStore) return;
  throw new ConfigurationError("`auth.tokenStore` must have the methods `get`, `set` and `delete`.");
}

/** By default the token endpoint is at the root of the tenant, without an API version. */
function resolveTokenUrl(tokenUrl: string | undefined, baseUrl: string): string {
  if (tokenUrl === undefined) return baseUrl + (server.tokenUrl ?? "/oauth/token");
  return secureUrl("auth.tokenUrl", tokenUrl).href;
}
