import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import {
  AbortError,
  type ClientOptions,
  ConfigurationError,
  type RateLimiter,
  RateLimitError,
  TimeoutError,
} from "../../src/index.ts";
import { wait } from "../../src/runtime/clock.ts";
import { createRateLimiter } from "../../src/transport/create-rate-limiter.ts";
import { EagerClock, ManualClock } from "../support/clock.ts";
import { keepLines, refusesFirst, startServer, unusedUrl } from "../support/server.ts";

const clientOn = (url: string, options: Partial<ClientOptions>, clock: ManualClock = new EagerClock()) =>
  createClientWithClock({ baseUrl: url, auth: { accessToken: "t" }, ...options }, clock);

describe("createRateLimiter", () => {
  const type = "`rateLimit` must be { requests, seconds }, a rate limiter, or false; got ";
  const requests = "`rateLimit.requests` must be a whole number from 1; got ";
  const seconds = "`rateLimit.seconds` must be a number above 0; got ";

  test.each<[rateLimit: unknown, message: string]>([
    ["100/10", `${type}100/10.`],
    [true, `${type}true.`],
    [null, `${type}null.`],
    [{}, `${requests}undefined.`],
    [{ acquire: 5 }, `${requests}undefined.`],
    [{ requests: 0, seconds: 1 }, `${requests}0.`],
    [{ requests: 1.5, seconds: 1 }, `${requests}1.5.`],
    [{ requests: "1", seconds: 1 }, `${requests}1.`],
    [{ requests: 1 }, `${seconds}undefined.`],
    [{ requests: 1, seconds: 0 }, `${seconds}0.`],
    [{ requests: 1, seconds: -1 }, `${seconds}-1.`],
    [{ requests: 1, seconds: Number.NaN }, `${seconds}NaN.`],
    [{ requests: 1, seconds: Infinity }, `${seconds}Infinity.`],
    [{ requests: 1, seconds: "1" }, `${seconds}1.`],
  ])("rejects %j", (rateLimit, message) => {
    expect(() => createRateLimiter(rateLimit as never, new ManualClock())).toThrow(
      new ConfigurationError(message),
    );
  });

  test("allows 100 requests in 10 seconds by default", async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter(undefined, clock);
    let granted = 0;
    for (let n = 0; n < 101; n++)
      void limiter?.acquire().then((release) => {
        granted++;
        void release?.(true);
      });
    await clock.advance(9999);
    expect(granted).toBe(100);
    await clock.advance(1);
    expect(granted).toBe(101);
  });

  test("returns no limiter for false, and a limiter as it is", () => {
    const limiter: RateLimiter = { acquire: () => Promise.resolve() };
    expect(createRateLimiter(false, new ManualClock())).toBeUndefined();
    expect(createRateLimiter(limiter, new ManualClock())).toBe(limiter);
  });
});

describe("the rate limiter of a client", () => {
  test("keeps a client under the limit of a server", async () => {
    const clock = new ManualClock();
    const arrived: number[] = [];
    await using server = await startServer((_, response) => {
      arrived.push(clock.now());
      const inPeriod = arrived.filter((at) => at > clock.now() - 4000).length;
      response.writeHead(inPeriod > 20 ? 429 : 200).end("[]");
    });
    const client = clientOn(server.url, { rateLimit: { requests: 20, seconds: 4 }, retries: 0 }, clock);
    let done = 0;
    const calls = Array.from({ length: 45 }, () => client.listConnectorCustomizers().then(() => done++));
    for (const number of [20, 40]) {
      await expect.poll(() => done, { interval: 1 }).toBe(number);
      await clock.advance(3999);
      expect(arrived).toHaveLength(number);
      await clock.advance(1);
    }
    await Promise.all(calls);
    expect(arrived).toHaveLength(45);
  });

  test("counts a request until a period after its response, however long its token takes", async () => {
    const clock = new ManualClock();
    await using server = await startServer((request, response) =>
      response.end(request.url === "/oauth/token" ? '{"access_token":"t"}' : "[]"),
    );
    const sent: number[] = [];
    const client = clientOn(
      server.url,
      {
        auth: { clientId: "id", clientSecret: "secret" },
        rateLimit: { requests: 3, seconds: 10 },
        async fetch(url, init) {
          if (url.endsWith("/oauth/token")) await wait(clock, 2000, undefined);
          else sent.push(clock.now());
          return await fetch(url, init);
        },
      },
      clock,
    );
    const asked = clock.asked(2000);
    let done = 0;
    const calls = Array.from({ length: 6 }, () => client.listConnectorCustomizers().then(() => done++));
    await asked;
    await clock.advance(2000);
    await expect.poll(() => done, { interval: 1 }).toBe(3);
    await clock.advance(9999);
    expect(sent).toEqual([2000, 2000, 2000]);
    await clock.advance(1);
    await Promise.all(calls);
    expect(sent).toEqual([2000, 2000, 2000, 12_000, 12_000, 12_000]);
  });

  test("counts each attempt", async () => {
    const clock = new ManualClock();
    await using server = await startServer((_, response) =>
      response.writeHead(503, { "Retry-After": "1" }).end(),
    );
    const client = clientOn(server.url, { rateLimit: { requests: 2, seconds: 10 } }, clock);
    const limited = clock.asked(8000);
    let retry = clock.asked(1000);
    const call = client.listConnectorCustomizers().catch((error: unknown) => error);
    for (const requests of [1, 2]) {
      await retry;
      expect(server.requests).toHaveLength(requests);
      retry = clock.asked(1000);
      await clock.advance(1000);
    }
    await limited;
    expect(server.requests).toHaveLength(2);
    await clock.advance(8000);
    expect(await call).toMatchObject({ name: "ServerError", attempts: 3 });
    expect(server.requests).toHaveLength(3);
  });

  test("does not count a request that was never sent", async () => {
    const clock = new ManualClock();
    const client = clientOn(unusedUrl, { rateLimit: { requests: 1, seconds: 10 }, retries: 0 }, clock);
    for (let n = 0; n < 3; n++)
      await expect(client.listConnectorCustomizers()).rejects.toMatchObject({ name: "ConnectionError" });
    expect(clock.now()).toBe(0);
  });

  test("holds back every call after a 429 for as long as the server asks", async () => {
    const clock = new ManualClock();
    await using server = await refusesFirst({ "Retry-After": "30" });
    const client = clientOn(server.url, {}, clock);
    await expect(client.listConnectorCustomizers({}, { retries: 0 })).rejects.toThrow(RateLimitError);
    const paused = clock.asked(30_000);
    const other = client.listConnectorCustomizers().then((data) => data);
    await paused;
    expect(server.requests).toHaveLength(1);
    await clock.advance(30_000);
    expect(await other).toEqual([]);
  });

  test("logs a wait of more than 100 ms at `info`, and names it in a TimeoutError", async () => {
    const clock = new ManualClock();
    await using server = await startServer((_, response) => response.end("[]"));
    const { lines, logger } = keepLines();
    const rateLimit = { requests: 1, seconds: 10 };
    const client = clientOn(server.url, { rateLimit, totalTimeout: 5000, logger, logLevel: "info" }, clock);
    await client.listConnectorCustomizers();
    const limited = clock.asked(10_000);
    const call = expect(client.listConnectorCustomizers()).rejects.toThrow(
      new TimeoutError(
        "listConnectorCustomizers: GET /v2024/connector-customizers took longer than 5000 ms in all: it was waiting for the client's own rate limit.",
      ),
    );
    await limited;
    lines.length = 0;
    await clock.advance(100);
    const expected = "GET /v2024/connector-customizers waits for the client's own rate limit";
    expect(lines).toEqual([`info isc-customizers: ${expected}`]);
    await clock.advance(4900);
    await call;
    expect(clock.pending).toBe(0);
  });

  test("leaks no slot when calls are aborted as their slots are granted", async () => {
    await using server = await startServer((_, response) => response.end("[]"));
    const rateLimit = { requests: 1, seconds: 0.001 };
    const client = clientOn(server.url, { rateLimit, retries: 0, totalTimeout: 60_000 });
    for (let microtasks = 0; microtasks < 60; microtasks++) {
      const controller = new AbortController();
      const call = client.listConnectorCustomizers({}, { signal: controller.signal });
      const aborted = expect(call).rejects.toThrow(AbortError);
      for (let n = 0; n < microtasks; n++) await Promise.resolve();
      controller.abort();
      await aborted;
    }
    expect(await client.listConnectorCustomizers()).toEqual([]);
  });
});
