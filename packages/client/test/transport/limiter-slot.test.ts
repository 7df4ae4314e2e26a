import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import {
  AbortError,
  CallbackError,
  type ClientOptions,
  type RateLimiter,
  RateLimitError,
  type Release,
} from "../../src/index.ts";
import { EagerClock, type ManualClock } from "../support/clock.ts";
import { keepLines, refusesFirst, unusedUrl } from "../support/server.ts";

const clientOn = (url: string, options: Partial<ClientOptions>, clock: ManualClock = new EagerClock()) =>
  createClientWithClock({ baseUrl: url, auth: { accessToken: "t" }, ...options }, clock);

describe("a call with a custom rate limiter", () => {
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

  test.each<[unknown, string]>([
    [7, "7"],
    [null, "[object Null]"],
    ["text", "text"],
    [{ code: 1 }, "[object Object]"],
  ])("describes %j, which `acquire` throws", async (thrown, shown) => {
    const acquire = () => Promise.reject(thrown);
    await expect(clientOn(unusedUrl, { rateLimit: { acquire } }).listConnectorCustomizers()).rejects.toThrow(
      new CallbackError("rateLimit.acquire", shown),
    );
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
