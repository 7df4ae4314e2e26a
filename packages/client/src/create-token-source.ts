import { server } from "@isc-customizers/types";
import { secureUrl } from "./base-url.ts";
import { isToken } from "./bearer-token.ts";
import { ClientCredentials } from "./client-credentials.ts";
import type { Auth, Fetch } from "./client-options.ts";
import { AuthenticationError, ConfigurationError } from "./errors.ts";
import type { TokenSource } from "./token-source.ts";

/** @throws ConfigurationError unless the options describe exactly one way to come by tokens. */
export function createTokenSource(auth: Auth, baseUrl: string, fetch: Fetch): TokenSource {
  if (typeof auth !== "object" || auth === null) {
    throw new ConfigurationError("`auth` is missing: give `clientId` and `clientSecret`, or `accessToken`.");
  }
  const { accessToken, clientId, clientSecret, tokenUrl } = auth;
  if (accessToken === undefined) {
    const url = tokenUrl === undefined ? defaultTokenUrl(baseUrl) : secureUrl("auth.tokenUrl", tokenUrl).href;
    return new ClientCredentials(
      url,
      credential("clientId", clientId),
      credential("clientSecret", clientSecret),
      fetch,
    );
  }
  if (clientId !== undefined || clientSecret !== undefined || tokenUrl !== undefined) {
    throw new ConfigurationError(
      "`auth` has both an `accessToken` and client credentials; give one of them.",
    );
  }
  if (typeof accessToken === "function") return functionSource(accessToken);
  if (!isToken(accessToken)) {
    throw new ConfigurationError("`auth.accessToken` must be a token, or a function that gives one.");
  }
  return { get: () => Promise.resolve(accessToken), reject() {} };
}

/** Credentials are visible ASCII characters and spaces (RFC 6749, appendix A). */
function credential(name: "clientId" | "clientSecret", value: unknown): string {
  if (typeof value === "string" && /^[\x20-\x7e]+$/.test(value)) return value;
  throw new ConfigurationError(
    value === undefined || value === ""
      ? `\`auth.${name}\` is missing: it must be a string that is not empty.`
      : `\`auth.${name}\` must be a string of ASCII characters.`,
  );
}

/** The API's token endpoint stands at the root of the tenant, without an API version. */
function defaultTokenUrl(baseUrl: string): string {
  return baseUrl + (server.tokenUrl ?? "/oauth/token");
}

function functionSource(accessToken: () => string | Promise<string>): TokenSource {
  return {
    async get() {
      let token: string;
      try {
        token = await accessToken();
      } catch (cause) {
        throw new AuthenticationError("The `accessToken` function failed.", { cause });
      }
      if (!isToken(token)) throw new AuthenticationError("The `accessToken` function gave no usable token.");
      return token;
    },
    reject() {},
  };
}
