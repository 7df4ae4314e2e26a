import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startMockTenant } from "../src/index.ts";
import type { MockTenantOptions } from "../src/index.ts";
import { RateLimiter } from "../src/rate-limit.ts";
import { json, testTenant } from "./tenant.ts";
import type { TestTenant } from "./tenant.ts";
import { accessToken } from "./token.ts";

const COLLECTION = "/v2024/connector-customizers";

/** Statuses of `count` requests, one after another. */
async function statuses({ call }: TestTenant, path: string, count: number): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n++) {
    const response = await call("GET", path);
    await response.text();
    found.push(response.status);
  }
  return found;
}

describe("the limit over a sliding window", () => {
  const limiter = () => new RateLimiter({ requests: 2, seconds: 10 });

  test("accepts as many requests as the limit, then returns the time to wait", () => {
    const rate = limiter();
    expect(rate.take("a", 1000)).toBe(0);
    expect(rate.take("a", 4000)).toBe(0);
    expect(rate.take("a", 5000)).toBe(6000);
    expect(rate.take("a", 10_999)).toBe(1);
  });

  test("forgets each request after its own window", () => {
    const rate = limiter();
    rate.take("a", 1000);
    rate.take("a", 4000);
    expect(rate.take("a", 11_000)).toBe(0);
    expect(rate.take("a", 11_000)).toBe(3000);
    expect(rate.take("a", 14_000)).toBe(0);
    expect(rate.take("a", 14_000)).toBe(7000);
  });

  test("does not count refused requests", () => {
    const rate = limiter();
    rate.take("a", 0);
    rate.take("a", 0);
    for (let now = 0; now < 10_000; now += 100) expect(rate.take("a", now)).toBe(10_000 - now);
    expect(rate.take("a", 10_000)).toBe(0);
    expect(rate.take("a", 10_000)).toBe(0);
  });

  test("counts each key separately", () => {
    const rate = limiter();
    rate.take("a", 0);
    rate.take("a", 0);
    expect(rate.take("a", 1)).toBe(9999);
    expect(rate.take("b", 1)).toBe(0);
  });

  test("never exceeds the limit in any window", () => {
    const rate = new RateLimiter({ requests: 5, seconds: 1 });
    const passed: number[] = [];
    for (let now = 0; now < 10_000; now += 37) if (rate.take("a", now) === 0) passed.push(now);
    expect(passed.length).toBeGreaterThan(40);
    for (const time of passed)
      expect(passed.filter((other) => other >= time && other < time + 1000).length).toBeLessThanOrEqual(5);
  });
});

describe("a tenant", () => {
  // The clock is frozen, because a busy machine could be too slow for the limit. Only the rate limiter reads it.
  beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
  afterEach(() => void vi.useRealTimers());

  test("accepts 100 requests in 10 seconds for each client id and version, and refuses the next", async () => {
    await using tenant = await testTenant();
    const hundred = await statuses(tenant, COLLECTION, 100);
    expect(new Set(hundred)).toEqual(new Set([200]));
    const refused = await tenant.call("POST", COLLECTION, json({ name: "A" }));
    expect(refused.status).toBe(429);
    expect(refused.headers.get("content-type")).toBe("application/json");
    expect(refused.headers.get("retry-after")).toBe("10");
    expect(await refused.json()).toEqual({
      message: "Rate limit exceeded.",
      trackingId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(tenant.mock.requests.at(-1)).toMatchObject({
      status: 429,
      fault: undefined,
      operationId: "createConnectorCustomizer",
    });

    // Each version has its own count, but the same customizers.
    for (const path of [
      "/v2025/connector-customizers",
      "/connector-customizers/v1",
      "/beta/connector-customizers",
    ]) {
      const other = await tenant.call("GET", path);
      expect(other.status).toBe(200);
      expect(await other.json()).toEqual([]);
    }
    // Tokens, info and the page are not counted.
    const headers = { Authorization: `Bearer ${await accessToken(tenant.mock)}` };
    expect((await fetch(`${tenant.mock.baseUrl}/oauth/info`)).status).toBe(200);
    expect((await fetch(tenant.mock.baseUrl)).status).toBe(200);
    // A new token belongs to the same client.
    expect((await tenant.call("GET", COLLECTION, { headers })).status).toBe(429);
  });

  test("counts requests that fail for another reason", async () => {
    await using tenant = await testTenant({ rateLimit: { requests: 2, seconds: 3600 } });
    expect((await tenant.call("GET", `${COLLECTION}/unknown`)).status).toBe(404);
    expect((await tenant.call("POST", COLLECTION, json([]))).status).toBe(400);
    expect((await tenant.call("GET", COLLECTION)).status).toBe(429);
  });

  test("does not count token requests and requests without a valid token", async () => {
    await using tenant = await testTenant({ rateLimit: { requests: 2, seconds: 3600 } });
    for (let n = 0; n < 3; n++) {
      expect((await fetch(tenant.mock.baseUrl + COLLECTION)).status).toBe(401);
      const headers = { Authorization: "Bearer a.b.c" };
      expect((await tenant.call("GET", COLLECTION, { headers })).status).toBe(401);
      await accessToken(tenant.mock);
    }
    expect(await statuses(tenant, COLLECTION, 3)).toEqual([200, 200, 429]);
  });

  test("does not count refused requests, and recovers", async () => {
    await using tenant = await testTenant({ rateLimit: { requests: 2, seconds: 1 } });
    expect(await statuses(tenant, COLLECTION, 3)).toEqual([200, 200, 429]);
    vi.advanceTimersByTime(999);
    expect(await statuses(tenant, COLLECTION, 2)).toEqual([429, 429]);
    vi.advanceTimersByTime(1);
    expect(await statuses(tenant, COLLECTION, 3)).toEqual([200, 200, 429]);
  });

  test("returns a Retry-After of at least one second", async () => {
    await using tenant = await testTenant({ rateLimit: { requests: 1, seconds: 0.5 } });
    expect((await tenant.call("GET", COLLECTION)).status).toBe(200);
    const refused = await tenant.call("GET", COLLECTION);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
  });

  test("has no limit with `rateLimit: false`", async () => {
    await using tenant = await testTenant({ rateLimit: false });
    expect(new Set(await statuses(tenant, COLLECTION, 150))).toEqual(new Set([200]));
  });
});

test.each<NonNullable<MockTenantOptions["rateLimit"]>>([
  { requests: 0, seconds: 10 },
  { requests: -1, seconds: 10 },
  { requests: 1.5, seconds: 10 },
  { requests: Number.NaN, seconds: 10 },
  { requests: 100, seconds: 0 },
  { requests: 100, seconds: -10 },
  { requests: 100, seconds: Number.NaN },
  { requests: 100, seconds: Infinity },
])("a limit of %j is out of range", async (rateLimit) => {
  await expect(startMockTenant({ rateLimit })).rejects.toThrow(RangeError);
  await expect(startMockTenant({ rateLimit })).rejects.toThrow(/^rateLimit\./);
});
