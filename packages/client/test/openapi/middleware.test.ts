import { inspect } from "node:util";
import type { Middleware } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { CallbackError, ConfigurationError, type RequestOptions } from "../../src/index.ts";
import { undiciFetch } from "../../src/node/undici-fetch.ts";
import { ManualClock } from "../support/clock.ts";
import { answering, clientOf, startServer, unusedUrl } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

test("an error that `onError` returns is thrown as it is", async () => {
  class OwnError extends Error {}
  const client = clientOf({ url: unusedUrl }, { middleware: [{ onError: () => new OwnError("own") }] });
  await expect(client.getConnectorCustomizer({ id })).rejects.toThrow(OwnError);
  await expect(client.raw.GET("/connector-customizers")).rejects.toThrow(OwnError);
});

function failingCallback(): never {
  throw new TypeError("own failure");
}

test.each<[string, Middleware]>([
  ["onRequest", { onRequest: failingCallback }],
  ["onResponse", { onResponse: failingCallback }],
])("an error of `%s` names it", async (name, middleware) => {
  await using server = await answering(200, "[]");
  const client = clientOf(server, { middleware: [middleware] });
  for (const call of [
    () => client.listConnectorCustomizers(),
    () => client.raw.GET("/connector-customizers"),
  ]) {
    const error: unknown = await call().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CallbackError);
    expect(error).not.toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ callback: `middleware.${name}`, cause: { message: "own failure" } });
  }
});

test("an error of `onResponse` shows no token that the server echoed", async () => {
  await using server = await answering(403, "no test-token");
  const client = clientOf(server);
  client.use({
    onResponse: async ({ response }) => {
      throw new Error(await response.text(), { cause: new Error("test-token") });
    },
  });
  const error: unknown = await client.getConnectorCustomizer({ id }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ cause: { message: "no [redacted]", cause: { message: "[redacted]" } } });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("test-token");
});

const junk = () => ({ status: 200 }) as never;
test.each<[string, string, Middleware]>([
  ["onRequest", "Request, Response or nothing", { onRequest: junk }],
  ["onResponse", "Response or nothing", { onResponse: junk }],
  ["onError", "Response, Error or nothing", { onRequest: () => {}, onError: junk }],
])("a value that `%s` must not return names it", async (name, expected, middleware) => {
  await using server = await answering(200, "[]");
  const client = clientOf(name === "onError" ? { url: unusedUrl } : server, { middleware: [middleware] });
  await expect(client.createConnectorCustomizer({ body: { name: "a" } })).rejects.toMatchObject({
    name: "CallbackError",
    callback: `middleware.${name}`,
    cause: { message: `it must return ${expected}` },
  });
});

describe.each<[string, (callback: () => Promise<never>) => Middleware]>([
  ["onRequest", (onRequest) => ({ onRequest })],
  ["onResponse", (onResponse) => ({ onResponse })],
  ["onError", (onError) => ({ onError })],
])("a call that waits for `%s`", (name, middlewareOf) => {
  /** Makes a call, and returns its error once `end` has ended the wait for the middleware. */
  const errorOf = async (options: RequestOptions, clock: ManualClock, end: () => void) => {
    await using server = await answering(200, "{}");
    const called = Promise.withResolvers<void>();
    const callback = () => {
      called.resolve();
      return new Promise<never>(() => {});
    };
    const client = createClientWithClock(
      {
        baseUrl: name === "onError" ? unusedUrl : server.url,
        auth: { accessToken: "test-token" },
        retries: 0,
        middleware: [middlewareOf(callback)],
      },
      clock,
    );
    const error = client.getConnectorCustomizer({ id }, options).catch((reason: unknown) => reason);
    await called.promise;
    end();
    return await error;
  };

  test("ends with the caller's signal", async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const error = await errorOf({ signal: controller.signal }, clock, () => controller.abort("enough"));
    expect(error).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(clock.pending).toBe(0);
  });

  test("ends with `totalTimeout`", async () => {
    const clock = new ManualClock();
    const error = await errorOf({ totalTimeout: 1000 }, clock, () => clock.expire(1000));
    expect(error).toMatchObject({
      name: "TimeoutError",
      message: expect.stringContaining("longer than 1000 ms in all: it was waiting for middleware."),
    });
    expect(clock.pending).toBe(0);
  });
});

test("`totalTimeout` covers the time of middleware", async () => {
  const clock = new ManualClock();
  await using server = await startServer(() => clock.expire(400));
  const client = createClientWithClock(
    {
      baseUrl: server.url,
      auth: { accessToken: "test-token" },
      totalTimeout: 1000,
      middleware: [{ onRequest: () => clock.advance(600) }],
    },
    clock,
  );
  await expect(client.listConnectorCustomizers()).rejects.toThrow("longer than 1000 ms in all");
});

test.each([null, {}, () => {}, { onFetch: () => {} }, { onRequest: () => {}, onError: 7 }])(
  "rejects %o as middleware",
  (middleware) => {
    const server = { url: unusedUrl };
    expect(() => clientOf(server, { middleware: [middleware as Middleware] })).toThrow(ConfigurationError);
    expect(() => clientOf(server).use(middleware as Middleware)).toThrow(ConfigurationError);
  },
);

test("an abort while middleware runs ends the call", async () => {
  await using server = await answering(200, "[]");
  const controller = new AbortController();
  const client = clientOf(server);
  client.use({ onRequest: () => controller.abort() });
  await expect(client.listConnectorCustomizers({}, { signal: controller.signal })).rejects.toThrow("aborted");
  expect(server.requests).toEqual([]);
});

test("`onResponse` can return the response of a `fetch` with classes of its own", async () => {
  await using server = await answering(200, "[]");
  const middleware: Middleware = {
    onRequest: ({ request }) => request,
    onResponse: ({ response }) => response,
  };
  const client = clientOf(server, { fetch: await undiciFetch(), middleware: [middleware] });
  expect(await client.listConnectorCustomizers()).toEqual([]);
});
