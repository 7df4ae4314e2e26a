import { server } from "@isc-customizers/types";
import { check } from "../errors/check.ts";
import { secureUrl } from "../runtime/secure-url.ts";
import type { RequestLimits } from "../transport/request-limits.ts";
import type { Platform } from "../transport/transport-context.ts";
import { createTransport } from "../transport/transport.ts";
import type { ClientCredentialsAuth } from "./auth-options.ts";
import { discoverTokenUrl } from "./discover-token-url.ts";
import { requestToken } from "./request-token.ts";
import { safeTokenStore } from "./safe-token-store.ts";
import { TokenCache } from "./token-cache.ts";
import { freshness } from "./token-freshness.ts";
import { isVisible, visible } from "./token.ts";

/** The client's options that apply to token requests. */
export interface TokenRequestOptions {
  readonly limits: RequestLimits;
  /** The client's headers, with its `user-agent`. Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly maxRetryAfter: number;
}

/**
 * Provides tokens of the client credentials grant, from a token store if there is one.
 * @throws ConfigurationError unless the credentials are valid.
 */
export function clientCredentialsSource(
  { clientId, clientSecret, tokenUrl, tokenStore }: ClientCredentialsAuth,
  baseUrl: string,
  platform: Platform,
  { limits, headers, maxRetryAfter }: TokenRequestOptions,
): TokenCache {
  check(isVisible(clientId), "auth.clientId", visible);
  check(isVisible(clientSecret), "auth.clientSecret", visible);
  // By default the token endpoint is at the root of the tenant, without an API version.
  const endpoint = tokenUrl ?? baseUrl + (server.tokenUrl ?? "/oauth/token");
  const infoUrl = `${baseUrl}/oauth/info`;
  let url = endpoint === "discover" ? undefined : secureUrl("auth.tokenUrl", endpoint).href;
  const key = `${url ?? infoUrl} ${clientId}`;
  const store =
    tokenStore === undefined
      ? undefined
      : safeTokenStore({ store: tokenStore, key, timeout: limits.timeout, clientSecret }, platform);
  const transport = createTransport({ ...platform, maxRetryAfter, secrets: [clientSecret] });
  const settings = { transport, limits, headers };
  const { clock } = platform;
  const obtain = async (signal: AbortSignal, invalidated: string | undefined) => {
    const stored = await store?.get(signal);
    if (stored && stored.value === invalidated) await store?.delete(signal);
    else if (stored && freshness(stored, clock.now()) === "fresh") return stored;
    url ??= await discoverTokenUrl(settings, infoUrl, signal);
    const token = await requestToken(settings, { url, clientId, clientSecret }, clock, signal);
    await store?.set(token, signal);
    return token;
  };
  return new TokenCache(obtain, platform);
}
