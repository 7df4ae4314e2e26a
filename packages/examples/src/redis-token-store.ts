import { setTimeout } from "node:timers/promises";
import type { StoredToken, TokenStore } from "@isc-customizers/client";
import type { Redis } from "./redis.ts";

/** How long the others wait for a process that fetches a token, in milliseconds. Then another one does. */
const turn = 5000;

/**
 * Keeps tokens in Redis, for every process that has this one. Whoever can read it can call the API until they expire.
 *
 * A client asks when the token that it has, if any, will not do any more. Then one process fetches the next, and the others
 * wait for that.
 */
export function redisTokenStore(redis: Redis): TokenStore {
  const known = new Map<string, string>();
  const tokenKey = (key: string) => `isc-token ${key}`;
  const turnKey = (key: string) => `isc-token-turn ${key}`;

  return {
    async get(key) {
      for (;;) {
        // The turn is taken before the token is looked for: whoever had it may be back with one since.
        const isMine = await redis.set(turnKey(key), "", {
          condition: "NX",
          expiration: { type: "PX", value: turn },
        });
        const text = await redis.get(tokenKey(key));
        const token = text === null ? undefined : (JSON.parse(text) as StoredToken);
        if (token !== undefined && token.value !== known.get(key)) {
          if (isMine) await redis.del(turnKey(key));
          known.set(key, token.value);
          return token;
        }
        if (isMine) return undefined;
        await setTimeout(50);
      }
    },
    async set(key, token) {
      known.set(key, token.value);
      const expiration = { type: "PXAT", value: Math.floor(token.expires) } as const;
      await redis.multi().set(tokenKey(key), JSON.stringify(token), { expiration }).del(turnKey(key)).exec();
    },
    async delete(key) {
      await redis.del(tokenKey(key));
    },
  };
}
