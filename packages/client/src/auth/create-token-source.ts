import { server } from "@isc-customizers/types";
import { abortable } from "../runtime/abort.ts";
import { secureUrl } from "../openapi/base-url.ts";
import { isToken } from "./bearer-token.ts";
import { ClientCredentialsSource } from "./token-cache.ts";
import type { Auth } from "../client-options.ts";
import { AuthenticationError, ConfigurationError } from "../errors/errors.ts";
import type { TokenSource } from "../transport/token-source.ts";
import type { Platform } from "../transport/transport.ts";

const eitherAuth = "`auth` must have either `clientId` and `clientSecret`, or `accessToken`, and not both.";

/** @throws ConfigurationError unless the options describe exactly one way to come by tokens. */
export function createTokenSource(auth: Auth, baseUrl: string, platform: Platform): TokenSource {
  if (typeof auth !== "object" || auth === null) {
    throw new ConfigurationError(eitherAuth);
  }
  const { accessToken, clientId, clientSecret, tokenUrl, tokenStore } = auth;
  if (accessToken === undefined) {
    if (tokenStore !== undefined && !isStore(tokenStore)) {
      throw new ConfigurationError("`auth.tokenStore` must have the methods `get`, `set` and `delete`.");
    }
    const credentials = {
      clientId: credential("clientId", clientId),
      clientSecret: credential("clientSecret", clientSecret),
      tokenUrl: tokenUrl === "discover" ? undefined : tokenUrlOf(tokenUrl, baseUrl),
      infoUrl: `${baseUrl}/oauth/info`,
      store: tokenStore,
    };
    return new ClientCredentialsSource(credentials, platform);
  }
  if ((clientId ?? clientSecret ?? tokenUrl ?? tokenStore) !== undefined) {
    throw new ConfigurationError(eitherAuth);
  }
  if (typeof accessToken === "function") return functionSource(accessToken);
  if (!isToken(accessToken)) {
    throw new ConfigurationError("`auth.accessToken` must be a token, or a function that gives one.");
  }
  return { get: () => Promise.resolve(accessToken), reject: () => false };
}

/** Credentials are visible ASCII characters and spaces (RFC 6749, appendix A). */
function credential(name: "clientId" | "clientSecret", value: unknown): string {
  if (typeof value === "string" && /^[\x20-\x7e]+$/.test(value)) return value;
  throw new ConfigurationError(`\`auth.${name}\` must be a string of ASCII characters, and not empty.`);
}

function isStore(value: object): boolean {
  const store = Object(value) as Record<string, unknown>;
  return ["get", "set", "delete"].every((name) => typeof store[name] === "function");
}

/** By default the token endpoint stands at the root of the tenant, without an API version. */
function tokenUrlOf(tokenUrl: string | undefined, baseUrl: string): string {
  if (tokenUrl === undefined) return baseUrl + (server.tokenUrl ?? "/oauth/token");
  return secureUrl("auth.tokenUrl", tokenUrl).href;
}

function functionSource(accessToken: () => string | Promise<string>): TokenSource {
  const get = async () => {
    let token: string;
    try {
      token = await accessToken();
    } catch (cause) {
      throw new AuthenticationError("The `accessToken` function failed.", { cause });
    }
    if (!isToken(token)) throw new AuthenticationError("The `accessToken` function gave no usable token.");
    return token;
  };
  return { get: (signal) => abortable(get(), signal), reject: () => true };
}
