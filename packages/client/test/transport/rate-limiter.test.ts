import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { wait } from "../../src/runtime/clock.ts";
import { createClientWithClock } from "../../src/create-client.ts";
import {
  AbortError,
  ConfigurationError,
  createClient,
  RateLimitError,
  TimeoutError,
} from "../../src/index.ts";
import { createRateLimiter, SlidingWindow } from "../../src/transport/rate-limiter.ts";
import { EagerClock, ManualClock } from "../support/clock.ts";
import { keepLines, startServer } from "../support/server.ts";

/** A limiter of three in ten seconds, and who was let through when. */
function setUp() {
  const clock = new ManualClock();
  const limiter = new SlidingWindow(clock, { requests: 3, seconds: 10 });
  const passed: [name: string, at: number][] = [];
  const ask = (name: string, signal?: AbortSignal) => {
    const turn = limiter.acquire(signal).then(() => void passed.push([name, clock.now()]));
    turn.catch(() => {});
    return turn;
  };
  return { clock, limiter, passed, ask };
}

describe("the limiter", () => {
  test("lets through at once what the limit allows, and the others in their order as soon as it does", async () => {
    const { clock, passed, ask } = setUp();
    for (const name of ["a", "b", "c", "d", "e", "f", "g"]) void ask(name);
    await clock.advance(0);
    expect(passed.map(([name]) => name)).toEqual(["a", "b", "c"]);
    await clock.advance(10_499);
    expect(passed).toHaveLength(3);
    await clock.advance(100_000);
    expect(passed.slice(3)).toEqual([
      ["d", 10_500],
      ["e", 10_500],
      ["f", 10_500],
      ["g", 21_000],
    ]);
    expect(clock.pending).toBe(0);
  });

  test("never lets more than the limit through in any window, whenever they come", async () => {
    const { clock, passed, ask } = setUp();
    // 0, 1.7, 3.4 s, ...: an odd step, so that windows begin everywhere.
    for (let n = 0; n < 60; n++) {
      void ask(`${n}`);
      await clock.advance((n * 1700) % 5100);
    }
    await clock.advance(1_000_000);
    expect(passed.map(([name]) => name)).toEqual(Array.from({ length: 60 }, (_, n) => `${n}`));
    for (const [at, [, time]] of passed.entries()) {
      const fourth = passed[at + 3];
      if (fourth) expect(fourth[1] - time).toBeGreaterThan(10_000);
    }
    // And no fewer than it may.
    expect(passed.at(-1)?.[1]).toBeLessThan(10_500 * 20);
  });

  test("whoever gives up loses its place, and nobody else's", async () => {
    const { clock, passed, ask } = setUp();
    const controllers = ["d", "e", "f"].map(() => new AbortController());
    for (const name of ["a", "b", "c"]) void ask(name);
    const turns = ["d", "e", "f"].map((name, at) => ask(name, controllers[at]?.signal));
    await clock.advance(5000);
    controllers[1]?.abort(new Error("enough"));
    await expect(turns[1]).rejects.toThrow(AbortError);
    await clock.advance(5500);
    expect(passed.slice(3)).toEqual([
      ["d", 10_500],
      ["f", 10_500],
    ]);
    for (const { signal } of controllers) expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("when all have given up, it waits for nobody", async () => {
    const { clock, ask } = setUp();
    for (const name of ["a", "b", "c"]) void ask(name);
    const controller = new AbortController();
    const turns = ["d", "e"].map((name) => ask(name, controller.signal));
    expect(clock.pending).toBe(1);
    controller.abort();
    for (const turn of turns) await expect(turn).rejects.toThrow(AbortError);
    expect(clock.pending).toBe(0);
  });

  test("a signal that has ended takes no place", async () => {
    const { clock, passed, ask } = setUp();
    await expect(ask("x", AbortSignal.abort())).rejects.toThrow(AbortError);
    for (const name of ["a", "b", "c"]) void ask(name);
    await clock.advance(0);
    expect(passed).toHaveLength(3);
  });

  test("a signal of time is a TimeoutError", async () => {
    const { ask } = setUp();
    const reason = new DOMException("late", "TimeoutError");
    await expect(ask("x", AbortSignal.abort(reason))).rejects.toThrow(TimeoutError);
  });

  test("when the server asks for a pause, nobody goes before its end, the longest of several", async () => {
    const { clock, limiter, passed, ask } = setUp();
    void ask("a");
    await clock.advance(0);
    limiter.pause(30_000);
    limiter.pause(5000);
    void ask("b");
    await clock.advance(29_999);
    expect(passed).toHaveLength(1);
    await clock.advance(1);
    expect(passed[1]).toEqual(["b", 30_000]);
  });

  test("a pause counts for those, too, who wait already", async () => {
    const { clock, limiter, passed, ask } = setUp();
    for (const name of ["a", "b", "c", "d"]) void ask(name);
    await clock.advance(10_000);
    limiter.pause(7000);
    await clock.advance(6999);
    expect(passed).toHaveLength(3);
    await clock.advance(1);
    expect(passed[3]).toEqual(["d", 17_000]);
    expect(clock.pending).toBe(0);
  });
});

describe("the option `rateLimit`", () => {
  test.each([
    {},
    { requests: 0, seconds: 1 },
    { requests: 1.5, seconds: 1 },
    { requests: 1, seconds: 0 },
    { requests: 1, seconds: Number.NaN },
    { requests: "1", seconds: 1 },
    { acquire: 5 },
    "100/10",
    true,
    null,
  ])("refuses %j", (rateLimit) => {
    expect(() => createRateLimiter(rateLimit as never, new ManualClock())).toThrow(ConfigurationError);
  });

  test("is by default the platform's limit", async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter(undefined, clock);
    let passed = 0;
    for (let n = 0; n < 101; n++) void limiter?.acquire().then(() => passed++);
    await clock.advance(10_000);
    expect(passed).toBe(100);
    await clock.advance(500);
    expect(passed).toBe(101);
  });

  test("keeps a client under a limit, so that a server that has it refuses none", async () => {
    const clock = new ManualClock();
    const rateLimit = { requests: 20, seconds: 4 };
    const arrived: number[] = [];
    const full = new Map([20, 40].map((number) => [number, Promise.withResolvers<void>()]));
    await using server = await startServer((_, response) => {
      arrived.push(clock.now());
      const since = arrived.filter((at) => at > clock.now() - 4000).length;
      response.writeHead(since > 20 ? 429 : 200).end("[]");
      full.get(arrived.length)?.resolve();
    });
    const client = createClientWithClock(
      { baseUrl: server.url, auth: { accessToken: "t" }, rateLimit, retries: 0 },
      clock,
    );
    const calls = Promise.all(Array.from({ length: 45 }, () => client.listConnectorCustomizers()));
    for (const [number, { promise }] of full) {
      await promise;
      // As many as a window may have, and no more while it lasts.
      await clock.advance(4199);
      expect(arrived).toHaveLength(number);
      await clock.advance(1);
    }
    await calls;
    expect(arrived).toHaveLength(45);
  });

  test("counts from when a request is sent, however long the first token takes", async () => {
    const clock = new ManualClock();
    await using server = await startServer((request, response) =>
      response.end(request.url === "/oauth/token" ? '{"access_token":"t"}' : "[]"),
    );
    const sent: number[] = [];
    const slow = async (url: string, init: RequestInit) => {
      if (url.endsWith("/oauth/token")) await wait(clock, 2000, new AbortController().signal);
      else sent.push(clock.now());
      return await fetch(url, init);
    };
    const client = createClientWithClock(
      {
        baseUrl: server.url,
        auth: { clientId: "id", clientSecret: "secret" },
        rateLimit: { requests: 3, seconds: 10 },
        fetch: slow,
      },
      clock,
    );
    const asked = clock.asked(2000);
    const limited = clock.asked(10_500);
    const calls = Promise.all(Array.from({ length: 6 }, () => client.listConnectorCustomizers()));
    await asked;
    await clock.advance(2000);
    await limited;
    await clock.advance(10_500);
    await calls;
    expect(sent).toEqual([2000, 2000, 2000, 12_500, 12_500, 12_500]);
  });

  test("counts each attempt", async () => {
    const clock = new ManualClock();
    await using server = await startServer((_, response) =>
      response.writeHead(503, { "Retry-After": "1" }).end(),
    );
    const client = createClientWithClock(
      { baseUrl: server.url, auth: { accessToken: "t" }, rateLimit: { requests: 2, seconds: 10 } },
      clock,
    );
    const limited = clock.asked(8500);
    let pause = clock.asked(1000);
    const call = client.listConnectorCustomizers().catch((error: unknown) => error);
    for (const requests of [1, 2]) {
      await pause;
      expect(server.requests).toHaveLength(requests);
      pause = clock.asked(1000);
      await clock.advance(1000);
    }
    await limited;
    expect(server.requests).toHaveLength(2);
    await clock.advance(8500);
    expect(await call).toMatchObject({ name: "ServerError", attempts: 3 });
    expect(server.requests).toHaveLength(3);
  });

  test("a 429 holds back every other call for as long as the server asks", async () => {
    const clock = new ManualClock();
    let refused = false;
    await using server = await startServer((_, response) => {
      if (refused) response.end("[]");
      else response.writeHead(429, { "Retry-After": "30" }).end();
      refused = true;
    });
    const client = createClientWithClock({ baseUrl: server.url, auth: { accessToken: "t" } }, clock);
    await expect(client.listConnectorCustomizers({}, { retries: 0 })).rejects.toThrow(RateLimitError);
    const asked = clock.asked(30_000);
    const other = client.listConnectorCustomizers().then((data) => data);
    await asked;
    expect(server.requests).toHaveLength(1);
    await clock.advance(30_000);
    expect(await other).toEqual([]);
  });

  test("takes a limiter of the caller's, which is given a signal and told of a 429", async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const pauses: number[] = [];
    let refused = false;
    await using server = await startServer((_, response) => {
      if (refused) response.end("[]");
      else response.writeHead(429, { "Retry-After": "2" }).end();
      refused = true;
    });
    const rateLimit = {
      acquire(signal?: AbortSignal) {
        signals.push(signal);
        return Promise.resolve();
      },
      pause: (milliseconds: number) => void pauses.push(milliseconds),
    };
    const client = createClientWithClock(
      { baseUrl: server.url, auth: { accessToken: "t" }, rateLimit },
      new EagerClock(),
    );
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(signals).toEqual([expect.any(AbortSignal), expect.any(AbortSignal)]);
    expect(pauses).toEqual([2000]);
  });

  test.each<[string, () => void | Promise<void>]>([
    ["rejects", () => Promise.reject(new Error("redis is gone"))],
    [
      "throws",
      () => {
        throw new Error("redis is gone");
      },
    ],
  ])("a limiter whose `pause` %s is told in the log, and the call goes on", async (_, pause) => {
    let refused = false;
    await using server = await startServer((_request, response) => {
      if (refused) response.end("[]");
      else response.writeHead(429).end();
      refused = true;
    });
    const { lines, logger } = keepLines();
    const client = createClientWithClock(
      {
        baseUrl: server.url,
        auth: { accessToken: "t" },
        rateLimit: { acquire: () => Promise.resolve(), pause },
        logger,
      },
      new EagerClock(),
    );
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(lines).toEqual(["warn isc-customizers: The rate limiter failed: redis is gone"]);
  });

  test("a limiter that fails is the caller's own error, in ours", async () => {
    const rateLimit = { acquire: () => Promise.reject(new Error("redis is gone")) };
    const client = createClient({ baseUrl: "http://localhost", auth: { accessToken: "t" }, rateLimit });
    await expect(client.listConnectorCustomizers()).rejects.toThrow(ConfigurationError);
    await expect(client.listConnectorCustomizers()).rejects.toThrow(/redis is gone/);
  });

  test("a limiter that ignores its signal does not hold up the call", async () => {
    const controller = new AbortController();
    const rateLimit = {
      acquire() {
        setImmediate(() => controller.abort());
        return new Promise<void>(() => {});
      },
    };
    const client = createClient({ baseUrl: "http://localhost", auth: { accessToken: "t" }, rateLimit });
    const call = client.listConnectorCustomizers({}, { signal: controller.signal });
    await expect(call).rejects.toThrow(AbortError);
  });
});
