import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { type ClientOptions, ConfigurationError, ConnectionError } from "../../src/index.ts";
import { RetryQuota } from "../../src/transport/retry-quota.ts";
import { EagerClock, ManualClock } from "../support/clock.ts";
import { type Handler, startServer } from "../support/server.ts";

/** Takes tokens until there are too few, and returns the number of retries. */
function takeAll(quota: RetryQuota): number {
  let retries = 0;
  while (quota.take()) retries++;
  return retries;
}

describe("RetryQuota", () => {
  test.each([
    [0, 0],
    [4, 0],
    [5, 1],
    [9, 1],
    [500, 100],
  ])("with %i tokens allows %i retries", (capacity, retries) => {
    expect(takeAll(new RetryQuota(capacity))).toBe(retries);
  });

  test("always allows a retry with unlimited tokens", () => {
    const quota = new RetryQuota(Infinity);
    for (let retry = 0; retry < 1000; retry++) expect(quota.take()).toBe(true);
    quota.refund(2);
    expect(quota.take()).toBe(true);
  });

  test.each([1, 2, 7])("refunds the tokens of %i retries when the call succeeds", (retries) => {
    const quota = new RetryQuota(500);
    takeAll(quota);
    quota.refund(retries);
    expect(takeAll(quota)).toBe(retries);
  });

  test("gains 1 token for a success without a retry", () => {
    const quota = new RetryQuota(500);
    takeAll(quota);
    for (let success = 1; success <= 4; success++) quota.refund(0);
    expect(quota.take()).toBe(false);
    quota.refund(0);
    expect(takeAll(quota)).toBe(1);
  });

  test("never has more tokens than its capacity", () => {
    const quota = new RetryQuota(10);
    for (let success = 0; success < 100; success++) quota.refund(success % 3);
    expect(takeAll(quota)).toBe(2);
  });

  test("allows no more retries than its tokens and refunds pay for", () => {
    fc.assert(
      fc.property(
        fc.nat(600),
        fc.array(fc.oneof(fc.constant("take" as const), fc.nat(3)), { maxLength: 400 }),
        (capacity, events) => {
          const quota = new RetryQuota(capacity);
          let taken = 0;
          let refunded = 0;
          for (const event of events) {
            if (event === "take") taken += quota.take() ? 5 : 0;
            else {
              quota.refund(event);
              refunded += event === 0 ? 1 : 5 * event;
            }
          }
          taken += 5 * takeAll(quota);
          expect(taken).toBeLessThanOrEqual(capacity + refunded);
          // All tokens were used but for those beyond the capacity and a remainder.
          if (refunded === 0) expect(taken).toBeGreaterThan(capacity - 5);
        },
      ),
    );
  });
});

describe("the option `retryQuota`", () => {
  const clientOn = (url: string, options: Partial<ClientOptions> = {}) =>
    createClientWithClock({ baseUrl: url, auth: { accessToken: "t" }, ...options }, new EagerClock());
  const failing = (status: number): Handler => {
    return (_, response) => response.writeHead(status).end("{}");
  };

  test.each([
    // The quota of 500 tokens pays for 100 retries.
    [undefined, 300],
    [50, 210],
    [0, 200],
    [false, 600],
  ] as const)("with the value %s lets 200 failing calls send %i requests", async (retryQuota, requests) => {
    await using server = await startServer(failing(503));
    const client = clientOn(server.url, { retryQuota, rateLimit: false });
    const calls = Array.from({ length: 200 }, () => client.listConnectorCustomizers());
    for (const { status } of await Promise.allSettled(calls)) expect(status).toBe("rejected");
    expect(server.requests).toHaveLength(requests);
  });

  test("does not charge a retry after a 429", async () => {
    await using server = await startServer(failing(429));
    const client = clientOn(server.url, { retryQuota: 0, rateLimit: false });
    await expect(client.listConnectorCustomizers()).rejects.toMatchObject({ status: 429, attempts: 3 });
  });

  test.each([408, 500, 502, 503, 504])("is charged for a retry after a %i", async (status) => {
    await using server = await startServer(failing(status));
    const client = clientOn(server.url, { retryQuota: 5 });
    for (const attempts of [2, 1])
      await expect(client.listConnectorCustomizers()).rejects.toMatchObject({ status, attempts });
  });

  test("is charged for a retry after a lost connection", async () => {
    await using server = await startServer((_, response) => response.destroy());
    const client = clientOn(server.url, { retryQuota: 5 });
    for (const requests of [2, 3]) {
      await expect(client.listConnectorCustomizers()).rejects.toThrow(ConnectionError);
      expect(server.requests).toHaveLength(requests);
    }
  });

  test("is not charged for a request with a new token after a 401", async () => {
    await using server = await startServer(({ headers }, response) => {
      response.writeHead(headers.authorization === "Bearer good-token" ? 200 : 401).end("[]");
    });
    let tokens = 0;
    const auth = { accessToken: () => (tokens++ % 2 === 0 ? "dead-token" : "good-token") };
    const client = clientOn(server.url, { auth, retryQuota: 0 });
    for (let call = 0; call < 10; call++) expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(server.requests).toHaveLength(20);
  });

  test("fails no call when every third response is a 503 after an outage", async () => {
    let isOutage = true;
    let answers = 0;
    await using server = await startServer((_, response) => {
      response.writeHead(isOutage || ++answers % 3 === 0 ? 503 : 200).end("[]");
    });
    const client = clientOn(server.url, { rateLimit: false });
    // The outage takes 450 of 500 tokens.
    for (let call = 0; call < 45; call++)
      await expect(client.listConnectorCustomizers()).rejects.toMatchObject({ attempts: 3 });
    isOutage = false;
    for (let call = 0; call < 500; call++) expect(await client.listConnectorCustomizers()).toEqual([]);
  });

  test("is not shared by two clients", async () => {
    await using server = await startServer(failing(503));
    for (let n = 0; n < 2; n++) {
      const client = clientOn(server.url, { retryQuota: 5 });
      await expect(client.listConnectorCustomizers()).rejects.toMatchObject({ attempts: 2 });
    }
  });

  test.each([-1, 1.5, "500", null, true])("rejects %j", (retryQuota) => {
    expect(() => clientOn("http://localhost", { retryQuota: retryQuota as never })).toThrow(
      new ConfigurationError(
        `\`retryQuota\` must be a whole number from 0, or false; got ${String(retryQuota)}.`,
      ),
    );
  });
});

describe("500 calls at once", () => {
  /** Makes the calls, and advances the time when no request is in flight. Returns the errors. */
  async function callAll(isFailure: (request: number, call: number, attempt: number) => boolean) {
    const clock = new ManualClock();
    const attempts = new Map<number, number>();
    let requests = 0;
    let inFlight = 0;
    await using server = await startServer(({ headers }, response) => {
      requests++;
      const call = Number(headers["x-call"]);
      const attempt = (attempts.get(call) ?? 0) + 1;
      attempts.set(call, attempt);
      response.writeHead(isFailure(requests, call, attempt) ? 503 : 200).end("[]");
    });
    const client = createClientWithClock(
      {
        baseUrl: server.url,
        auth: { accessToken: "t" },
        async fetch(url, init) {
          inFlight++;
          return await fetch(url, init).finally(() => inFlight--);
        },
      },
      clock,
    );
    const errors: unknown[] = [];
    let left = 500;
    for (let call = 0; call < 500; call++)
      client
        .listConnectorCustomizers({}, { headers: { "x-call": String(call) } })
        .catch((error: unknown) => errors.push(error))
        .finally(() => left--);
    while (left > 0) {
      await expect.poll(() => inFlight, { interval: 1 }).toBe(0);
      await clock.advance(250);
    }
    return { errors, requests };
  }

  test("succeed although the first attempt of every third call gets a 503", async () => {
    const { errors, requests } = await callAll((_, call, attempt) => call % 3 === 0 && attempt === 1);
    expect(errors).toEqual([]);
    expect(requests).toBe(500 + 167);
  });

  test("use all their attempts while every third response is a 503", async () => {
    const { errors } = await callAll((request) => request % 3 === 0);
    for (const error of errors) expect(error).toMatchObject({ name: "ServerError", attempts: 3 });
  });
});
