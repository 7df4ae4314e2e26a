import type { Platform } from "../transport/transport.ts";
import type { RequestLimits } from "../transport/request-parts.ts";
import { discoverTokenUrl } from "./discover-token-url.ts";
import { requestToken } from "./request-token.ts";
import { SafeTokenStore } from "./safe-token-store.ts";
import { TokenCache } from "./token-cache.ts";
import { freshness } from "./token-freshness.ts";
import type { TokenStore } from "./token-store.ts";
import { createTransport } from "./transport-adapter.ts";

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** `undefined`: the tenant is asked for it at `infoUrl`. */
  readonly tokenUrl: string | undefined;
  readonly infoUrl: string;
  readonly tokenStore: TokenStore | undefined;
}

/** The client's options that apply to token requests. */
export interface TokenRequestOptions extends Platform {
  readonly limits: RequestLimits;
  /** The client's headers, with its `user-agent`. Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly maxRetryAfter: number;
}

/** Obtains tokens with the client credentials grant (RFC 6749, section 4.4). */
export function clientCredentialsSource(
  credentials: ClientCredentials,
  options: TokenRequestOptions,
): TokenCache {
  const { clientId, clientSecret, infoUrl, tokenStore } = credentials;
  const { fetch, clock, log, limits, headers, maxRetryAfter } = options;
  const platform = { fetch, clock, log };
  const settings = {
    transport: createTransport({ ...platform, maxRetryAfter, secrets: [clientSecret] }),
    limits,
    headers,
  };
  let { tokenUrl: url } = credentials;
  const request = async (signal: AbortSignal) => {
    url ??= await discoverTokenUrl(settings, infoUrl, signal);
    return await requestToken(settings, { url, clientId, clientSecret }, clock, signal);
  };
  if (tokenStore === undefined) return new TokenCache(request, platform);

  const key = `${url ?? infoUrl} ${clientId}`;
  const { timeout } = limits;
  const store = new SafeTokenStore({ store: tokenStore, key, timeout, clientSecret }, platform);
  return new TokenCache(async (signal, invalidated) => {
    const stored = await store.get(signal);
    if (stored !== undefined && stored.value === invalidated) await store.delete(signal);
    else if (stored && freshness(stored, clock.now()) === "fresh") return stored;
    const token = await request(signal);
    await store.set(token, signal);
    return token;
  }, platform);
}
