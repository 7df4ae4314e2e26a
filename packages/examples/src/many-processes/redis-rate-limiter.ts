import { setTimeout } from "node:timers/promises";
import type { RateLimiter } from "@isc-customizers/client";
import PQueue from "p-queue";
import { RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Redis } from "./redis.ts";

/**
 * Creates a rate limiter that all processes with the same Redis and key share. It keeps them under SailPoint's limit of 100
 * requests in any 10 seconds.
 *
 * The library counts in fixed windows, which start with their first request. A window of 10 seconds could end with 100 requests,
 * and the next one start with 100. So this limiter allows 8 requests in windows of 1 second. At most 12 such windows overlap any
 * 11 seconds, which makes 96 requests. The eleventh second allows for network jitter of up to a second.
 */
export function redisRateLimiter(redis: Redis, key: string): RateLimiter {
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    useRedisPackage: true,
    keyPrefix: "isc-rate-limit",
    points: 8,
    duration: 1,
  });
  // One request of a process waits at a time. This keeps the requests in order, and avoids needless calls of Redis.
  const queue = new PQueue({ concurrency: 1 });

  async function consume(signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      try {
        await limiter.consume(key);
        return;
      } catch (rejection) {
        if (!(rejection instanceof RateLimiterRes)) throw rejection;
        await setTimeout(rejection.msBeforeNext, undefined, { signal });
      }
    }
  }

  return {
    // Later attempts of a call go first.
    acquire: (signal, attempt = 1) => queue.add(() => consume(signal), { signal, priority: attempt }),
    /** Pauses every process, because they share the limit. */
    async pause(milliseconds) {
      const seconds = Math.ceil(milliseconds / 1000);
      if (seconds > 0) await limiter.block(key, seconds);
    },
  };
}
