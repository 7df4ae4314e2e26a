import { setTimeout } from "node:timers/promises";
import type { StoredToken, TokenStore } from "@isc-customizers/client";
import type { Redis } from "./redis.ts";

/** Time limit for the process that fetches a token, in milliseconds. After that another process may fetch one. */
const lockDuration = 5000;

/**
 * Creates a token store that all processes with the same Redis share. Anyone who can read this Redis can call the API until the
 * tokens expire.
 *
 * A client calls `get` when it has no valid token. Then one process takes a lock and fetches a token, and the others wait for it.
 */
export function redisTokenStore(redis: Redis): TokenStore {
  const known = new Map<string, string>();
  const tokenKey = (key: string) => `isc-token ${key}`;
  const lockKey = (key: string) => `isc-token-turn ${key}`;

  return {
    async get(key) {
      for (;;) {
        // Takes the lock before reading the token, because the previous holder may have just stored one.
        const hasLock = await redis.set(lockKey(key), "", {
          condition: "NX",
          expiration: { type: "PX", value: lockDuration },
        });
        const text = await redis.get(tokenKey(key));
        const token = text === null ? undefined : (JSON.parse(text) as StoredToken);
        if (token !== undefined && token.value !== known.get(key)) {
          if (hasLock) await redis.del(lockKey(key));
          known.set(key, token.value);
          return token;
        }
        if (hasLock) return undefined;
        await setTimeout(50);
      }
    },
    async set(key, token) {
      known.set(key, token.value);
      const expiration = { type: "PXAT", value: Math.floor(token.expires) } as const;
      await redis.multi().set(tokenKey(key), JSON.stringify(token), { expiration }).del(lockKey(key)).exec();
    },
    async delete(key) {
      await redis.del(tokenKey(key));
    },
  };
}
