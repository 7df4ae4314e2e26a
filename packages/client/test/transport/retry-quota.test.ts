import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import type { ClientOptions } from "../../src/index.ts";
import { RetryQuota } from "../../src/transport/retry-quota.ts";
import { EagerClock } from "../support/clock.ts";
import { startServer } from "../support/server.ts";

/** Takes the tokens of as many retries as the quota allows, and returns their number. */
function drain(quota: RetryQuota): number {
  let retries = 0;
  while (quota.take()) retries++;
  return retries;
}

test("a retry costs 5 tokens", () => {
  expect(drain(new RetryQuota(500))).toBe(100);
  expect(drain(new RetryQuota(9))).toBe(1);
  expect(drain(new RetryQuota(4))).toBe(0);
});

test("a success without a retry gives 1 token back", () => {
  const quota = new RetryQuota(100);
  drain(quota);
  for (let success = 0; success < 4; success++) quota.refund(0);
  expect(quota.take()).toBe(false);
  quota.refund(0);
  expect(drain(quota)).toBe(1);
});

test("a success after retries refunds what they took", () => {
  const quota = new RetryQuota(100);
  drain(quota);
  quota.refund(3);
  expect(drain(quota)).toBe(3);
});

test("the quota never exceeds its capacity", () => {
  const quota = new RetryQuota(100);
  for (let success = 0; success < 100; success++) quota.refund(0);
  quota.refund(7);
  expect(drain(quota)).toBe(20);
});

test("an infinite quota allows every retry", () => {
  const quota = new RetryQuota(Infinity);
  for (let retry = 0; retry < 1000; retry++) expect(quota.take()).toBe(true);
});

test("a server that always fails gets 100 retries, and one more for every 5 successes", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 1000 }), (successes) => {
      const quota = new RetryQuota(500);
      let taken = 0;
      for (const success of successes) {
        if (success) quota.refund(0);
        else if (quota.take()) taken++;
      }
      expect(taken).toBeLessThanOrEqual(100 + successes.filter(Boolean).length / 5);
    }),
  );
});

describe("the option `retryQuota`", () => {
  const clientOn = (url: string, options: Partial<ClientOptions> = {}) =>
    createClientWithClock(
      { baseUrl: url, auth: { accessToken: "t" }, rateLimit: false, ...options },
      new EagerClock(),
    );

  /** A server that answers with the status that the function returns. */
  const startStatusServer = (nextStatus: () => number) =>
    startServer((_, response) => response.writeHead(nextStatus()).end("[]"));

  /** Makes calls one after another, and returns the attempts of those that failed. */
  async function failedAttempts(client: ReturnType<typeof clientOn>, calls: number): Promise<number[]> {
    const attempts: number[] = [];
    for (let n = 0; n < calls; n++)
      await client
        .listConnectorCustomizers()
        .catch((error: { attempts: number }) => attempts.push(error.attempts));
    return attempts;
  }

  test("allows 100 retries by default while every answer is a 503", async () => {
    await using server = await startStatusServer(() => 503);
    const attempts = await failedAttempts(clientOn(server.url), 60);
    expect(attempts).toEqual([...Array<number>(50).fill(3), ...Array<number>(10).fill(1)]);
  });

  test("allows as many retries to calls that are made at once", async () => {
    await using server = await startStatusServer(() => 503);
    const client = clientOn(server.url);
    await Promise.allSettled(Array.from({ length: 150 }, () => client.listConnectorCustomizers()));
    expect(server.requests).toHaveLength(150 + 100);
  });

  test("sets the number of tokens", async () => {
    await using server = await startStatusServer(() => 503);
    expect(await failedAttempts(clientOn(server.url, { retryQuota: 19 }), 4)).toEqual([3, 2, 1, 1]);
    expect(await failedAttempts(clientOn(server.url, { retryQuota: 0 }), 2)).toEqual([1, 1]);
  });

  test("sets no bound when it is false", async () => {
    await using server = await startStatusServer(() => 503);
    const attempts = await failedAttempts(clientOn(server.url, { retryQuota: false }), 120);
    expect(attempts).toEqual(Array<number>(120).fill(3));
  });

  test("belongs to one client", async () => {
    await using server = await startStatusServer(() => 503);
    expect(await failedAttempts(clientOn(server.url, { retryQuota: 10 }), 2)).toEqual([3, 1]);
    expect(await failedAttempts(clientOn(server.url, { retryQuota: 10 }), 1)).toEqual([3]);
  });

  test.each([408, 500, 502, 503, 504])("is charged for a retry after a %i", async (status) => {
    await using server = await startStatusServer(() => status);
    expect(await failedAttempts(clientOn(server.url, { retryQuota: 5 }), 2)).toEqual([2, 1]);
  });

  test("is charged for a retry after a lost connection", async () => {
    await using server = await startServer((_, response) => response.destroy());
    await failedAttempts(clientOn(server.url, { retryQuota: 5 }), 2);
    expect(server.requests).toHaveLength(2 + 1);
  });

  test("is not charged for a retry after a 429", async () => {
    await using server = await startStatusServer(() => 429);
    expect(await failedAttempts(clientOn(server.url, { retryQuota: 0 }), 2)).toEqual([3, 3]);
  });

  test("is not charged for a request with a new token after a 401", async () => {
    await using server = await startServer((request, response) => {
      const isGood = request.headers.authorization === "Bearer good-token";
      response.writeHead(isGood ? 200 : 401).end("[]");
    });
    let calls = 0;
    const auth = { accessToken: () => (calls++ % 2 === 0 ? "dead-token" : "good-token") };
    const client = clientOn(server.url, { auth, retryQuota: 0 });
    expect(await failedAttempts(client, 10)).toEqual([]);
    expect(server.requests).toHaveLength(20);
  });

  test("is refunded by a success after retries", async () => {
    let answers = 0;
    await using server = await startStatusServer(() => (++answers % 3 === 0 ? 200 : 503));
    // Without the refund, the quota would allow the retries of one call only.
    expect(await failedAttempts(clientOn(server.url, { retryQuota: 10 }), 100)).toEqual([]);
    expect(server.requests).toHaveLength(300);
  });

  test.each([1, 16])(
    "gives no call up early when every third answer is a 503 after an outage, with %i calls at once",
    async (atOnce) => {
      let answers = 0;
      let isOutage = true;
      await using server = await startStatusServer(() => (isOutage || ++answers % 3 === 0 ? 503 : 200));
      const client = clientOn(server.url);
      expect(await failedAttempts(client, 30)).toEqual(Array<number>(30).fill(3));
      isOutage = false;
      const attempts = await Promise.all(
        Array.from({ length: atOnce }, () => failedAttempts(client, 960 / atOnce)),
      );
      // All three answers to one of several calls may be a 503.
      expect(attempts.flat().filter((number) => number !== 3)).toEqual([]);
    },
  );
});
