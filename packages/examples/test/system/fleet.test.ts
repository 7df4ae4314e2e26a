import { startMockTenant } from "@isc-customizers/mock-tenant";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connectRedis, type Redis } from "../../src/many-processes/redis.ts";
import { redisRateLimiter } from "../../src/many-processes/redis-rate-limiter.ts";
import { redisTokenStore } from "../../src/many-processes/redis-token-store.ts";
import { environmentOf, examples, runProgram } from "../program.ts";
import { type RedisServer, startRedis } from "./redis-server.ts";
import { hasProgram } from "../../../mock-tenant/test/system/system-program.ts";

const run = join(examples, "run.ts");
const hour = 3_600_000;

describe.runIf(hasProgram("redis-server"))("with Redis", () => {
  let server: RedisServer;
  let redis: Redis;
  beforeAll(async () => {
    server = await startRedis();
    vi.stubEnv("REDIS_URL", server.url);
    redis = await connectRedis();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await redis?.close();
    await server?.[Symbol.asyncDispose]();
  });

  test("a fleet makes more calls than the rate limit allows in 10 seconds, with one token and without a 429", async () => {
    const times: number[] = [];
    await using mock = await startMockTenant({
      onRequest: ({ operationId }) => operationId && times.push(performance.now()),
    });
    const { code, stdout, stderr } = await runProgram(run, ["fleet"], environmentOf(mock));
    expect({ code, stderr }).toEqual({ code: 0, stderr: `fleet, against ${mock.baseUrl}\n\n` });
    const pids = Array.from(stdout.matchAll(/^Process (\d+): 30 calls/gm), ([, pid]) => pid);
    expect(new Set(pids).size).toBe(4);
    expect(mock.requests.filter(({ status }) => status !== 200)).toEqual([]);
    expect(mock.requests.filter(({ path }) => path === "/oauth/token")).toHaveLength(1);
    expect(times).toHaveLength(120);
    const most = Math.max(
      ...times.map((start) => times.filter((time) => time >= start && time < start + 10_000).length),
    );
    expect(most).toBeLessThanOrEqual(100);
  });

  describe("the rate limiter", () => {
    test("counts the requests of all clients with the same key, and keeps their order", async () => {
      const [one, other] = [redisRateLimiter(redis, "count"), redisRateLimiter(redis, "count")];
      const started = performance.now();
      const order: number[] = [];
      const first = Array.from({ length: 5 }, (_, n) => one.acquire().then(() => order.push(n)));
      await Promise.all([...first, other.acquire(), other.acquire(), other.acquire()]);
      expect(order).toEqual([0, 1, 2, 3, 4]);
      await other.acquire();
      expect(performance.now() - started).toBeGreaterThan(900);
    });

    test("does not affect another key", async () => {
      await redisRateLimiter(redis, "a").pause?.(hour);
      await redisRateLimiter(redis, "b").acquire();
    });

    test("stops waiting when the signal aborts, and serves the next request", async () => {
      const limiter = redisRateLimiter(redis, "abort");
      const controller = new AbortController();
      await limiter.pause?.(hour);
      const outcomes = [1, 2].map(() => limiter.acquire(controller.signal).catch((error: unknown) => error));
      const next = limiter.acquire();
      // The limiter has rejected the first request by now, which waits for the hour to pass.
      await new Promise(setImmediate);
      await redis.del("isc-rate-limit:abort");
      const reason = new Error("enough");
      controller.abort(reason);
      expect(await Promise.all(outcomes)).toEqual([reason, reason]);
      await next;
    });

    test("pauses all clients when one is paused", async () => {
      const [one, other] = [redisRateLimiter(redis, "pause"), redisRateLimiter(redis, "pause")];
      const started = performance.now();
      await one.pause?.(1500);
      await other.acquire();
      expect(performance.now() - started).toBeGreaterThan(1900);
    });
  });

  describe("the token store", () => {
    const token = (value: string) => ({ value, issued: Date.now(), expires: Date.now() + 60_000.5 });

    test("lets one process fetch a token, and returns it to the others", async () => {
      const [one, other] = [redisTokenStore(redis), redisTokenStore(redis)];
      expect(await one.get("first")).toBeUndefined();
      const waiting = other.get("first");
      const fetched = token("a");
      await one.set("first", fetched);
      expect(await waiting).toEqual(fetched);
      expect(await redisTokenStore(redis).get("first")).toEqual(fetched);
    });

    test("lets one process fetch the next token when the current one is no longer valid", async () => {
      const [one, other] = [redisTokenStore(redis), redisTokenStore(redis)];
      await one.set("next", token("a"));
      expect((await other.get("next"))?.value).toBe("a");
      expect(await other.get("next")).toBeUndefined();
      const waiting = one.get("next");
      await other.set("next", token("b"));
      expect((await waiting)?.value).toBe("b");
    });

    test("lets another process fetch a token when the first one does not return one", async () => {
      const [one, other] = [redisTokenStore(redis), redisTokenStore(redis)];
      expect(await one.get("lost")).toBeUndefined();
      expect(await other.get("lost")).toBeUndefined();
    });

    test("removes a token when it expires, and on delete", async () => {
      const store = redisTokenStore(redis);
      await store.set("old", { ...token("a"), expires: Date.now() + 60 });
      await store.set("gone", token("b"));
      await store.delete("gone");
      expect(await redisTokenStore(redis).get("gone")).toBeUndefined();
      await expect.poll(() => redis.exists("isc-token old"), { timeout: 60_000 }).toBe(0);
      expect(await redisTokenStore(redis).get("old")).toBeUndefined();
    });
  });
});
