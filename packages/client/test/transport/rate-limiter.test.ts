import { getEventListeners } from "node:events";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import {
  AbortError,
  CallbackError,
  type ClientOptions,
  ConfigurationError,
  type RateLimiter,
  RateLimitError,
  TimeoutError,
} from "../../src/index.ts";
import { wait } from "../../src/runtime/clock.ts";
import { createRateLimiter, type Release, SlidingWindow } from "../../src/transport/rate-limiter.ts";
import { EagerClock, ManualClock } from "../support/clock.ts";
import { keepLines, startServer, unusedUrl } from "../support/server.ts";

/** A limiter of three requests in ten seconds, and its grants. A response begins `latency` milliseconds after the grant. */
function setUp({ latency = 0, requests = 3 } = {}) {
  const clock = new ManualClock();
  const limiter = new SlidingWindow(clock, { requests, seconds: 10 });
  const granted: [name: string, at: number][] = [];
  const acquire = (name: string, signal?: AbortSignal) => {
    const grant = limiter.acquire(signal).then((release) => {
      granted.push([name, clock.now()]);
      if (latency > 0) clock.after(latency, () => void release(true));
      else void release(true);
    });
    grant.catch(() => {});
    return grant;
  };
  return { clock, limiter, granted, acquire };
}

/** Takes all slots. */
async function takeAll(limiter: SlidingWindow, slots: number): Promise<Release[]> {
  return await Promise.all(Array.from({ length: slots }, () => limiter.acquire()));
}

/** Counts the slots that are free. Takes none. */
async function freeSlots(limiter: SlidingWindow, clock: ManualClock): Promise<number> {
  const releases: Release[] = [];
  const controller = new AbortController();
  for (let n = 0; n < 200; n++)
    limiter.acquire(controller.signal).then(
      (release) => releases.push(release),
      () => {},
    );
  await clock.advance(0);
  controller.abort();
  for (const release of releases) void release(false);
  return releases.length;
}

describe("SlidingWindow", () => {
  test("grants the slots of the limit at once, and the others in their order when slots become free", async () => {
    const { clock, granted, acquire } = setUp();
    for (const name of ["a", "b", "c", "d", "e", "f", "g"]) void acquire(name);
    await clock.advance(0);
    expect(granted.map(([name]) => name)).toEqual(["a", "b", "c"]);
    await clock.advance(9999);
    expect(granted).toHaveLength(3);
    await clock.advance(100_000);
    expect(granted.slice(3)).toEqual([
      ["d", 10_000],
      ["e", 10_000],
      ["f", 10_000],
      ["g", 20_000],
    ]);
    expect(clock.pending).toBe(0);
  });

  test("holds a slot until a period after the response began", async () => {
    const { clock, granted, acquire } = setUp({ latency: 2500 });
    for (const name of ["a", "b", "c", "d"]) void acquire(name);
    await clock.advance(12_499);
    expect(granted).toHaveLength(3);
    await clock.advance(1);
    expect(granted[3]).toEqual(["d", 12_500]);
  });

  test("holds a slot for as long as there is no response", async () => {
    const { clock, limiter } = setUp();
    await takeAll(limiter, 3);
    await clock.advance(1_000_000);
    expect(await freeSlots(limiter, clock)).toBe(0);
  });

  test("frees the slot of a request that was not sent at once", async () => {
    const { clock, limiter } = setUp();
    const [release] = await takeAll(limiter, 3);
    expect(await freeSlots(limiter, clock)).toBe(0);
    void release?.(false);
    expect(await freeSlots(limiter, clock)).toBe(1);
  });

  test("frees each slot in its own time, whatever the order of the responses", async () => {
    const { clock, limiter } = setUp();
    const [a, b, c] = await takeAll(limiter, 3);
    void c?.(true);
    await clock.advance(1000);
    void a?.(true);
    await clock.advance(1000);
    void b?.(true);
    const free: number[] = [];
    for (const milliseconds of [7999, 1, 1000, 1000]) {
      await clock.advance(milliseconds);
      free.push(await freeSlots(limiter, clock));
    }
    expect(free).toEqual([0, 1, 2, 3]);
  });

  test("grants slots to retries before first attempts, in their order", async () => {
    const { clock, limiter } = setUp();
    for (const release of await takeAll(limiter, 3)) void release(true);
    const granted: string[] = [];
    for (const [name, attempt] of Object.entries({ a: 1, b: 2, c: 1, d: 3, e: 2 }))
      void limiter.acquire(undefined, attempt).then((release) => {
        granted.push(name);
        void release(true);
      });
    await clock.advance(20_000);
    expect(granted).toEqual(["b", "d", "e", "a", "c"]);
  });

  test("gives the place of an aborted waiter to the next", async () => {
    const { clock, granted, acquire } = setUp();
    const controllers = ["d", "e", "f"].map(() => new AbortController());
    for (const name of ["a", "b", "c"]) void acquire(name);
    const grants = ["d", "e", "f"].map((name, at) => acquire(name, controllers[at]?.signal));
    await clock.advance(5000);
    controllers[1]?.abort(new Error("enough"));
    await expect(grants[1]).rejects.toThrow(AbortError);
    await clock.advance(5000);
    expect(granted.slice(3)).toEqual([
      ["d", 10_000],
      ["f", 10_000],
    ]);
    for (const { signal } of controllers) expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("sets no timer after every waiter was aborted", async () => {
    const { clock, acquire } = setUp();
    for (const name of ["a", "b", "c"]) void acquire(name);
    await clock.advance(0);
    const controller = new AbortController();
    const grants = ["d", "e"].map((name) => acquire(name, controller.signal));
    expect(clock.pending).toBe(1);
    controller.abort();
    for (const grant of grants) await expect(grant).rejects.toThrow(AbortError);
    expect(clock.pending).toBe(0);
  });

  test("grants no slot to a signal that is aborted already", async () => {
    const { clock, limiter, acquire } = setUp();
    await expect(acquire("x", AbortSignal.abort())).rejects.toThrow(AbortError);
    expect(await freeSlots(limiter, clock)).toBe(3);
  });

  test("rejects with a TimeoutError for a signal of `AbortSignal.timeout`", async () => {
    const reason = new DOMException("late", "TimeoutError");
    await expect(setUp().acquire("x", AbortSignal.abort(reason))).rejects.toThrow(TimeoutError);
  });

  test("grants nothing during a pause, and the longest of several pauses counts", async () => {
    const { clock, limiter, granted, acquire } = setUp();
    void acquire("a");
    await clock.advance(0);
    limiter.pause(30_000);
    limiter.pause(5000);
    void acquire("b");
    await clock.advance(29_999);
    expect(granted).toHaveLength(1);
    await clock.advance(1);
    expect(granted[1]).toEqual(["b", 30_000]);
  });

  test("holds back those who wait already when it is paused", async () => {
    const { clock, limiter, granted, acquire } = setUp();
    for (const name of ["a", "b", "c", "d"]) void acquire(name);
    await clock.advance(9000);
    limiter.pause(7000);
    await clock.advance(6999);
    expect(granted).toHaveLength(3);
    await clock.advance(1);
    expect(granted[3]).toEqual(["d", 16_000]);
    expect(clock.pending).toBe(0);
  });

  test("has half as many slots after a 429, and at least one", async () => {
    const { clock, limiter } = setUp({ requests: 100 });
    const free: number[] = [];
    for (let n = 0; n < 9; n++) {
      limiter.pause(1000);
      await clock.advance(1000);
      free.push(await freeSlots(limiter, clock));
    }
    expect(free).toEqual([50, 25, 13, 7, 4, 2, 1, 1, 1]);
  });

  test("halves its slots once for 429s that arrive within a second, or within the pause", async () => {
    const { clock, limiter } = setUp({ requests: 100 });
    for (let n = 0; n < 10; n++) {
      limiter.pause(0);
      await clock.advance(99);
    }
    expect(await freeSlots(limiter, clock)).toBe(50);
    await clock.advance(10);
    limiter.pause(5000);
    await clock.advance(4000);
    limiter.pause(2000);
    await clock.advance(2000);
    expect(await freeSlots(limiter, clock)).toBe(25);
  });

  test("grows back by a tenth of its limit for each period without a 429", async () => {
    const { clock, limiter } = setUp({ requests: 25 });
    limiter.pause(4000);
    await clock.advance(4000);
    const free = [await freeSlots(limiter, clock)];
    for (let n = 0; n < 6; n++) {
      await clock.advance(9999);
      free.push(await freeSlots(limiter, clock));
      await clock.advance(1);
      free.push(await freeSlots(limiter, clock));
    }
    expect(free).toEqual([13, 13, 16, 16, 19, 19, 22, 22, 25, 25, 25, 25, 25]);
  });

  test("grants a slot that it has grown while the others are held", async () => {
    const { clock, limiter, granted, acquire } = setUp({ requests: 4 });
    const [first] = await takeAll(limiter, 4);
    void first?.(false);
    limiter.pause(0);
    void acquire("a");
    // There are 2 slots after the pause, then 3, then 4.
    await clock.advance(19_999);
    expect(granted).toEqual([]);
    await clock.advance(1);
    expect(granted).toEqual([["a", 20_000]]);
  });

  test("never lets a server see more than the limit in a period, whatever the delays, and keeps the order", async () => {
    const request = fc.record({
      pause: fc.nat(3000),
      toServer: fc.nat(4000),
      toClient: fc.nat(4000),
      isSent: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(request, { minLength: 1, maxLength: 40 }),
        fc.array(fc.nat(40), { maxLength: 2 }),
        async (requests, sequence, refused) => {
          const clock = new ManualClock();
          const limiter = new SlidingWindow(clock, { requests, seconds: 1 });
          const granted: number[] = [];
          const arrived: number[] = [];
          for (const [number, { pause, toServer, toClient, isSent }] of sequence.entries()) {
            await clock.advance(pause);
            void limiter.acquire().then(async (release) => {
              granted.push(number);
              await wait(clock, toServer, undefined);
              if (isSent) arrived.push(clock.now());
              await wait(clock, toClient, undefined);
              if (isSent && refused.includes(number)) limiter.pause(500);
              void release(isSent);
            });
          }
          while (granted.length < sequence.length || clock.pending > 0) await clock.advance(500);
          expect(granted).toEqual(sequence.map((_, number) => number));
          for (const at of arrived) {
            const inPeriod = arrived.filter((other) => other >= at && other < at + 1000);
            expect(inPeriod.length).toBeLessThanOrEqual(requests);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

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

describe("the option `rateLimit`", () => {
  const clientOn = (url: string, options: Partial<ClientOptions>, clock: ManualClock = new EagerClock()) =>
    createClientWithClock({ baseUrl: url, auth: { accessToken: "t" }, ...options }, clock);

  /** A server that answers the first request with 429, and the others with an empty list. */
  const refusesFirst = (headers: Record<string, string> = {}) => {
    let isRefused = false;
    return startServer((_, response) => {
      if (isRefused) response.end("[]");
      else response.writeHead(429, headers).end();
      isRefused = true;
    });
  };

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

  test("passes a signal and the attempt number to a custom limiter, and reports a 429 to it", async () => {
    const calls: unknown[][] = [];
    const pauses: number[] = [];
    await using server = await refusesFirst({ "Retry-After": "2" });
    const rateLimit: RateLimiter = {
      acquire(...args) {
        calls.push(args);
        return Promise.resolve();
      },
      pause: (milliseconds) => void pauses.push(milliseconds),
    };
    expect(await clientOn(server.url, { rateLimit }).listConnectorCustomizers()).toEqual([]);
    expect(calls).toEqual([
      [expect.any(AbortSignal), 1],
      [expect.any(AbortSignal), 2],
    ]);
    expect(pauses).toEqual([2000]);
  });

  test("reports at most `maxRetryAfter` to the limiter", async () => {
    const pauses: number[] = [];
    await using server = await refusesFirst({ "Retry-After": "900" });
    const rateLimit: RateLimiter = {
      acquire: () => Promise.resolve(),
      pause: (milliseconds) => void pauses.push(milliseconds),
    };
    const client = clientOn(server.url, { rateLimit, maxRetryAfter: 30_000 });
    await expect(client.listConnectorCustomizers()).rejects.toThrow(RateLimitError);
    expect(pauses).toEqual([30_000]);
  });

  test("gives each slot of a custom limiter back once, after `pause`", async () => {
    const events: string[] = [];
    await using server = await refusesFirst();
    const rateLimit: RateLimiter = {
      acquire() {
        events.push("acquire");
        return Promise.resolve((isSent: boolean) => void events.push(`release ${isSent}`));
      },
      pause: (milliseconds) => void events.push(`pause ${milliseconds}`),
    };
    await clientOn(server.url, { rateLimit }).listConnectorCustomizers();
    expect(events).toEqual(["acquire", "pause 0", "release true", "acquire", "release true"]);
    events.length = 0;
    const unreached = clientOn(unusedUrl, { rateLimit, retries: 0 });
    await expect(unreached.listConnectorCustomizers()).rejects.toMatchObject({ name: "ConnectionError" });
    expect(events).toEqual(["acquire", "release false"]);
  });

  test.each<[string, () => void | Promise<void>]>([
    ["rejects", () => Promise.reject(new Error("redis is gone"))],
    [
      "throws",
      () => {
        throw new Error("redis is gone");
      },
    ],
  ])("logs it when `pause` or a release %s", async (_, fail) => {
    await using server = await refusesFirst();
    const { lines, logger } = keepLines();
    const rateLimit: RateLimiter = { acquire: () => Promise.resolve(fail), pause: fail };
    expect(await clientOn(server.url, { rateLimit, logger }).listConnectorCustomizers()).toEqual([]);
    const line = (name: string) =>
      `warn isc-customizers: GET /v2024/connector-customizers The function ${name} threw: redis is gone`;
    const release = line("release of rateLimit.acquire");
    expect(lines).toEqual([line("rateLimit.pause"), release, release]);
  });

  test("waits for neither `pause` nor a release", async () => {
    await using server = await refusesFirst();
    const never = () => new Promise<void>(() => {});
    const rateLimit: RateLimiter = { acquire: () => Promise.resolve(never), pause: never };
    expect(await clientOn(server.url, { rateLimit }).listConnectorCustomizers()).toEqual([]);
  });

  test.each<[string, () => Promise<void>]>([
    ["rejects", () => Promise.reject(new Error("redis is gone"))],
    [
      "throws",
      () => {
        throw new Error("redis is gone");
      },
    ],
  ])("fails with a CallbackError when `acquire` %s", async (_, acquire) => {
    const error: unknown = await clientOn(unusedUrl, { rateLimit: { acquire } })
      .listConnectorCustomizers()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CallbackError);
    expect(error).toMatchObject({
      callback: "rateLimit.acquire",
      message: "The function rateLimit.acquire threw: redis is gone",
    });
  });

  test("does not wait for a limiter that ignores its signal, and gives a late slot back", async () => {
    const controller = new AbortController();
    const late = Promise.withResolvers<Release>();
    const rateLimit: RateLimiter = {
      acquire() {
        setImmediate(() => controller.abort());
        return late.promise;
      },
    };
    const call = clientOn(unusedUrl, { rateLimit }).listConnectorCustomizers(
      {},
      { signal: controller.signal },
    );
    await expect(call).rejects.toThrow(AbortError);
    const isSent = await new Promise((resolve) => late.resolve(resolve));
    expect(isSent).toBe(false);
  });
});
