import { startMockTenant } from "@isc-customizers/mock-tenant";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connectRedis, type Redis } from "../../src/redis.ts";
import { redisRateLimiter } from "../../src/redis-rate-limiter.ts";
import { redisTokenStore } from "../../src/redis-token-store.ts";
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

  test("a fleet makes more calls than one limit has, none of which is refused, with one token", async () => {
    const times: number[] = [];
    await using mock = await startMockTenant({
      onRequest: ({ operationId }) => operationId && times.push(performance.now()),
    });
    const { code, stdout, stderr } = await runProgram(run, ["fleet"], environmentOf(mock));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
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

  describe("the limiter", () => {
    test("counts the requests of all who share it, and lets them go in order", async () => {
      const [one, other] = [redisRateLimiter(redis, "count"), redisRateLimiter(redis, "count")];
      const started = performance.now();
      const order: number[] = [];
      const first = Array.from({ length: 5 }, (_, n) => one.acquire().then(() => order.push(n)));
      await Promise.all([...first, other.acquire(), other.acquire(), other.acquire()]);
      expect(order).toEqual([0, 1, 2, 3, 4]);
      await other.acquire();
      expect(performance.now() - started).toBeGreaterThan(900);
    });

    test("keeps another key apart", async () => {
      await redisRateLimiter(redis, "a").pause?.(hour);
      await redisRateLimiter(redis, "b").acquire();
    });

    test("ends a wait with its signal, and gives the place to the next", async () => {
      const limiter = redisRateLimiter(redis, "abort");
      const controller = new AbortController();
      await limiter.pause?.(hour);
      const outcomes = [1, 2].map(() => limiter.acquire(controller.signal).catch((error: unknown) => error));
      const next = limiter.acquire();
      // The first has been refused by now, and waits for the hour to pass.
      await new Promise(setImmediate);
      await redis.del("isc-rate-limit:abort");
      const reason = new Error("enough");
      controller.abort(reason);
      expect(await Promise.all(outcomes)).toEqual([reason, reason]);
      await next;
    });

    test("pauses them all when one is refused", async () => {
      const [one, other] = [redisRateLimiter(redis, "pause"), redisRateLimiter(redis, "pause")];
      const started = performance.now();
      await one.pause?.(1500);
      await other.acquire();
      expect(performance.now() - started).toBeGreaterThan(1900);
    });
  });

  describe("the token store", () => {
    const token = (value: string) => ({ value, issued: Date.now(), expires: Date.now() + 60_000.5 });

    test("has one process fetch a token, and gives it to the others", async () => {
      const [one, other] = [redisTokenStore(redis), redisTokenStore(redis)];
      expect(await one.get("first")).toBeUndefined();
      const waiting = other.get("first");
      const fetched = token("a");
      await one.set("first", fetched);
      expect(await waiting).toEqual(fetched);
      expect(await redisTokenStore(redis).get("first")).toEqual(fetched);
    });

    test("has one of them fetch the next when it will not do any more", async () => {
      const [one, other] = [redisTokenStore(redis), redisTokenStore(redis)];
      await one.set("next", token("a"));
      expect((await other.get("next"))?.value).toBe("a");
      expect(await other.get("next")).toBeUndefined();
      const waiting = one.get("next");
      await other.set("next", token("b"));
      expect((await waiting)?.value).toBe("b");
    });

    test("has another one fetch it when the first does not come back with it", async () => {
      const [one, other] = [redisTokenStore(redis), redisTokenStore(redis)];
      expect(await one.get("lost")).toBeUndefined();
      expect(await other.get("lost")).toBeUndefined();
    });

    test("forgets a token when it expires, and when it is told to", async () => {
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
