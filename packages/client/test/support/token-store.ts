import { createClientWithClock } from "../../src/create-client.ts";
import type { ClientOptions, StoredToken, TokenStore } from "../../src/index.ts";
import { EagerClock, type ManualClock } from "./clock.ts";
import type { TestServer } from "./server.ts";

/** The key of the client id `id` at the token endpoint of the server. */
export const storeKey = ({ url }: TestServer): string => `${url}/oauth/token id`;

/** Creates a store in memory that records its calls. */
export function memoryStore(initial: readonly [string, unknown][] = []) {
  const tokens = new Map(initial as [string, StoredToken][]);
  const calls: string[] = [];
  const store: TokenStore = {
    get(key) {
      calls.push(`get ${key}`);
      return Promise.resolve(tokens.get(key));
    },
    set(key, token) {
      calls.push(`set ${key} ${token.value}`);
      tokens.set(key, token);
      return Promise.resolve();
    },
    delete(key) {
      calls.push(`delete ${key}`);
      tokens.delete(key);
      return Promise.resolve();
    },
  };
  return { tokens, calls, store };
}

export function clientWithStore(
  { url }: TestServer,
  tokenStore: TokenStore,
  options: Partial<ClientOptions> = {},
  clock: ManualClock = new EagerClock(),
) {
  const auth = { clientId: "id", clientSecret: "the-client-secret", tokenStore };
  return createClientWithClock({ baseUrl: url, auth, ...options }, clock);
}

/** Creates a token whose issuer's clock is ahead by `offset` milliseconds. */
export function freshToken(value: string, offset = 0): StoredToken {
  const now = Date.now() + offset;
  return { value, issued: now, expires: now + 749_000 };
}

/** The `Authorization` headers that the server has received. */
export function tokensSeenBy(server: TestServer): string[] {
  return server.requests.flatMap(({ headers }) => headers.authorization ?? []);
}
