import { describe, expect, test } from "vitest";
import { AbortError, type TokenStore } from "../../src/index.ts";
import { ManualClock } from "../support/clock.ts";
import { keepLines, startServer, tokenRequests, tokenServer } from "../support/server.ts";
import { clientWithStore, freshToken, memoryStore, storeKey } from "../support/token-store.ts";

describe("a failure of the token store does not fail a call", () => {
  test.each<[string, () => never | Promise<never>]>([
    ["rejects", () => Promise.reject(new Error("redis is gone"))],
    [
      "throws",
      () => {
        throw new Error("redis is gone");
      },
    ],
  ])("a method that %s is logged as a warning with its name", async (_, fail) => {
    await using server = await tokenServer(749, (token) => token !== "Bearer revoked");
    const { lines, logger } = keepLines();
    const get = () => Promise.resolve(freshToken("revoked"));
    await clientWithStore(server, { get, set: fail, delete: fail }, { logger }).listConnectorCustomizers();
    await clientWithStore(
      server,
      { get: fail, set: () => Promise.resolve(), delete: fail },
      { logger },
    ).listConnectorCustomizers();
    expect(tokenRequests(server)).toBe(2);
    expect(lines).toEqual(
      ["delete", "set", "get"].map(
        (method) => `warn isc-customizers: The function tokenStore.${method} threw: redis is gone`,
      ),
    );
  });

  test("a store whose methods do not return promises is used", async () => {
    await using server = await tokenServer(749);
    const tokens = new Map<string, unknown>();
    const store = {
      get: (key: string) => tokens.get(key),
      set: tokens.set.bind(tokens),
      delete: () => {},
    };
    for (let process = 0; process < 2; process++)
      await clientWithStore(server, store as never).listConnectorCustomizers();
    expect(tokenRequests(server)).toBe(1);
  });

  test("the log does not contain the client secret, the stored token or the new token", async () => {
    await using server = await startServer(({ url, headers }, response) => {
      if (url === "/oauth/token") response.end('{"access_token":"new-access-token","expires_in":749}');
      else response.writeHead(headers.authorization === "Bearer revoked-token" ? 401 : 200).end("[]");
    });
    const { lines, logger } = keepLines();
    const { store } = memoryStore([[storeKey(server), freshToken("revoked-token")]]);
    store.delete = () => Promise.reject(new Error("revoked-token of the-client-secret is locked"));
    store.set = (_, { value }) => Promise.reject(new Error(`no space for ${value}`));
    await clientWithStore(server, store, { logger }).listConnectorCustomizers();
    expect(lines).toEqual([
      "warn isc-customizers: The function tokenStore.delete threw: [redacted] of [redacted] is locked",
      "warn isc-customizers: The function tokenStore.set threw: no space for [redacted]",
    ]);
  });

  /** A store whose `get` and `set` never answer. */
  function silentStore() {
    const [got, put] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const silent = (onCall: () => void) => () => {
      onCall();
      return new Promise<never>(() => {});
    };
    const store: TokenStore = {
      get: silent(got.resolve),
      set: silent(put.resolve),
      delete: silent(() => {}),
    };
    return { store, called: [got.promise, put.promise] };
  }

  test("a method that never answers delays a call by the client's `timeout`", async () => {
    await using server = await tokenServer(749);
    const clock = new ManualClock();
    const { lines, logger } = keepLines();
    const { store, called } = silentStore();
    const call = clientWithStore(server, store, { logger, timeout: 12_345 }, clock)
      .listConnectorCustomizers()
      .then((data) => data);
    for (const promise of called) {
      await promise;
      clock.expire(12_345);
    }
    expect(await call).toEqual([]);
    expect(lines).toEqual(
      ["get", "set"].map(
        (method) =>
          `warn isc-customizers: The function tokenStore.${method} threw: no answer within 12345 ms`,
      ),
    );
    expect(clock.pending).toBe(0);
  });

  test("an aborted call does not wait for the store, and logs nothing", async () => {
    await using server = await tokenServer(749);
    const clock = new ManualClock();
    const { lines, logger } = keepLines();
    const { store, called } = silentStore();
    const controller = new AbortController();
    const call = clientWithStore(server, store, { logger }, clock)
      .listConnectorCustomizers({}, { signal: controller.signal })
      .then((data) => data);
    await called[0];
    controller.abort();
    await expect(call).rejects.toThrow(AbortError);
    expect(lines).toEqual([]);
    expect(server.requests).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
