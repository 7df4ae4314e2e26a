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
  const has = (name: string) => name in auth && auth[name as keyof Auth] !== undefined;
  if (has("accessToken") && (has("clientId") || has("clientSecret"))) {
    throw new ConfigurationError(
      "`auth` has both an `accessToken` and client credentials; give one of them.",
    );
  }
  if ("accessToken" in auth) return accessTokenSource(auth.accessToken);
  const { clientId, clientSecret, tokenUrl } = auth;
  for (const [name, value] of Object.entries({ clientId, clientSecret })) {
    if (typeof value !== "string" || value === "") {
      throw new ConfigurationError(`\`auth.${name}\` is missing: it must be a string that is not empty.`);
    }
  }
  const url = tokenUrl === undefined ? tokenUrlOf(baseUrl) : secureUrl("auth.tokenUrl", tokenUrl).href;
  return new ClientCredentials(url, clientId, clientSecret, fetch);
}

/** The API's token URL is relative to the tenant's (RFC 6749, section 3.2). */
function tokenUrlOf(baseUrl: string): string {
  const { tokenUrl = "/oauth/token" } = server;
  return tokenUrl.startsWith("/") ? baseUrl + tokenUrl : tokenUrl;
}

function accessTokenSource(accessToken: string | (() => string | Promise<string>)): TokenSource {
  if (typeof accessToken === "function") {
    return {
      async get() {
        let token: string;
        try {
          token = await accessToken();
        } catch (cause) {
          throw new AuthenticationError("The `accessToken` function failed.", { cause });
        }
        if (!isToken(token))
          throw new AuthenticationError("The `accessToken` function gave no usable token.");
        return token;
      },
      reject() {},
    };
  }
  if (!isToken(accessToken)) {
    throw new ConfigurationError("`auth.accessToken` must be a token, or a function that gives one.");
  }
  return { get: () => Promise.resolve(accessToken), reject() {} };
}
