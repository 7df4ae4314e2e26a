import { setTimeout } from "node:timers/promises";
import type { RateLimiter } from "@isc-customizers/client";
import PQueue from "p-queue";
import { RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Redis } from "./redis.ts";

/**
 * Keeps every process that has this Redis and this key under the platform's limit, 100 requests in any 10 seconds.
 *
 * The library counts in windows of whole seconds, each of which begins with its first request: one window of 10 seconds could
 * end with 100 requests and the next begin with 100. Of windows of 1 second, 12 at most touch any 11 seconds, so that 8 requests
 * in each are no more than 96 in 10 seconds, even where they arrive up to a second less far apart than they were sent.
 */
export function redisRateLimiter(redis: Redis, key: string): RateLimiter {
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    useRedisPackage: true,
    keyPrefix: "isc-rate-limit",
    points: 8,
    duration: 1,
  });
  // One request of a process asks at a time: they go in the order in which they came, and Redis is asked no oftener than needed.
  const queue = new PQueue({ concurrency: 1 });

  async function consume(signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      try {
        await limiter.consume(key);
        return;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        await setTimeout(refusal.msBeforeNext, undefined, { signal });
      }
    }
  }

  return {
    acquire: (signal) => queue.add(() => consume(signal), { signal }),
    /** For every process: the limit is theirs together. */
    async pause(milliseconds) {
      const seconds = Math.ceil(milliseconds / 1000);
      if (seconds > 0) await limiter.block(key, seconds);
    },
  };
}
