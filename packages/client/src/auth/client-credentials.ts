import type { RequestLimits } from "../transport/request-limits.ts";
import type { Platform } from "../transport/transport-context.ts";
import { discoverTokenUrl } from "./discover-token-url.ts";
import { requestToken } from "./request-token.ts";
import { safeTokenStore } from "./safe-token-store.ts";
import { TokenCache } from "./token-cache.ts";
import { freshness } from "./token-freshness.ts";
import type { TokenStore } from "./token-store.ts";
import { createTransport } from "../transport/transport.ts";

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** `undefined`: the tenant is asked for it at `infoUrl`. */
  readonly tokenUrl: string | undefined;
  readonly infoUrl: string;
  readonly tokenStore: TokenStore | undefined;
}

/** The client's options that apply to token requests. */
export interface TokenRequestOptions {
  readonly limits: RequestLimits;
  /** The client's headers, with its `user-agent`. Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly maxRetryAfter: number;
}

/** Provides tokens of the client credentials grant, from a token store if there is one. */
export function clientCredentialsSource(
  { clientId, clientSecret, tokenUrl, infoUrl, tokenStore }: ClientCredentials,
  platform: Platform,
  { limits, headers, maxRetryAfter }: TokenRequestOptions,
): TokenCache {
  const { clock } = platform;
  const transport = createTransport({ ...platform, maxRetryAfter, secrets: [clientSecret] });
  const settings = { transport, limits, headers };
  const key = `${tokenUrl ?? infoUrl} ${clientId}`;
  const store =
    tokenStore && safeTokenStore({ store: tokenStore, key, timeout: limits.timeout, clientSecret }, platform);
  let url = tokenUrl;
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
