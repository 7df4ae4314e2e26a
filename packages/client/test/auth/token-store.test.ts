import { describe, expect, test, vi } from "vitest";
import { assembleClient } from "../../src/create-client.ts";
import {
  type ClientOptions,
  ConfigurationError,
  type StoredToken,
  type TokenStore,
} from "../../src/index.ts";
import { EagerClock, ManualClock } from "../support/clock.ts";
import { keepLines, startServer, type TestServer, tokenRequests, tokenServer } from "../support/server.ts";

const key = (url: string) => `${url}/oauth/token id`;
const hour = 3_600_000;

/** A store in memory, and what it was asked. */
function memoryStore(initial: readonly [string, unknown][] = []) {
  const tokens = new Map(initial as [string, StoredToken][]);
  const asked: string[] = [];
  const store: TokenStore = {
    get(name) {
      asked.push(`get ${name}`);
      return Promise.resolve(tokens.get(name));
    },
    set(name, token) {
      asked.push(`set ${name} ${token.value}`);
      tokens.set(name, token);
      return Promise.resolve();
    },
    delete(name) {
      asked.push(`delete ${name}`);
      tokens.delete(name);
      return Promise.resolve();
    },
  };
  return { tokens, asked, store };
}

function clientOn(
  url: string,
  tokenStore: TokenStore,
  options: Partial<ClientOptions> = {},
  clock: ManualClock = new EagerClock(),
) {
  const auth = { clientId: "id", clientSecret: "s3cr3t", tokenStore };
  return assembleClient({ baseUrl: url, auth, ...options }, clock);
}

function freshToken(value: string, offset = 0): StoredToken {
  const now = Date.now() + offset;
  return { value, issued: now, expires: now + 749_000 };
}

function tokensOf(server: TestServer) {
  return server.requests.flatMap(({ headers }) => headers.authorization ?? []);
}

describe("a token store", () => {
  test("has one client fetch a token, with its times, and gives it to the next", async () => {
    await using server = await tokenServer(749);
    const { store, tokens, asked } = memoryStore();
    const before = Date.now();
    await clientOn(server.url, store).listConnectorCustomizers();
    const after = Date.now();
    expect(await clientOn(server.url, store).listConnectorCustomizers()).toEqual([]);
    expect(tokenRequests(server)).toBe(1);
    expect(asked).toEqual([
      `get ${key(server.url)}`,
      `set ${key(server.url)} token-1`,
      `get ${key(server.url)}`,
    ]);
    const { issued, expires } = tokens.get(key(server.url)) ?? freshToken("none");
    expect(issued).toBeGreaterThanOrEqual(before - 1);
    expect(issued).toBeLessThanOrEqual(after + 1);
    expect(expires - issued).toBeCloseTo(749_000, 3);
  });

  test("is asked only when the client has no token that will do", async () => {
    await using server = await tokenServer(749);
    const { store, asked } = memoryStore();
    const client = clientOn(server.url, store);
    for (let n = 0; n < 5; n++) await client.listConnectorCustomizers();
    expect(asked).toHaveLength(2);
  });

  test("forgets the token that the API refuses", async () => {
    await using server = await tokenServer(749, (token) => token === "Bearer token-1");
    const { store, tokens, asked } = memoryStore([[key(server.url), freshToken("revoked")]]);
    expect(await clientOn(server.url, store).listConnectorCustomizers()).toEqual([]);
    expect(tokensOf(server)).toEqual(["Bearer revoked", "Bearer token-1"]);
    expect(tokens.get(key(server.url))?.value).toBe("token-1");
    expect(asked.slice(1)).toEqual([
      `get ${key(server.url)}`,
      `delete ${key(server.url)}`,
      `set ${key(server.url)} token-1`,
    ]);
  });

  test("keeps the token that another process has put in the place of a refused one", async () => {
    await using server = await tokenServer(749, (token) => token === "Bearer theirs");
    const { store, tokens, asked } = memoryStore([[key(server.url), freshToken("revoked")]]);
    const client = clientOn(server.url, store, {
      fetch: (url, init) => {
        tokens.set(key(server.url), freshToken("theirs"));
        return fetch(url, init);
      },
    });
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(tokenRequests(server)).toBe(0);
    expect(asked).not.toContain(`delete ${key(server.url)}`);
  });

  test.each<[string, unknown]>([
    ["is about to run out", { value: "theirs", issued: Date.now() - 700_000, expires: Date.now() + 49_000 }],
    ["has run out, by a clock that is an hour behind", freshToken("theirs", -hour)],
    ["has no times", { value: "theirs" }],
    ["is no token", { ...freshToken("a"), value: "a\nb" }],
    ["is a text", "theirs"],
    ["is null", null],
  ])("whose token %s does not have it used", async (_, stored) => {
    await using server = await tokenServer(749);
    const { store } = memoryStore([[key(server.url), stored]]);
    expect(await clientOn(server.url, store).listConnectorCustomizers()).toEqual([]);
    expect(tokensOf(server)).toEqual(["Bearer token-1"]);
  });

  test("of a machine whose clock is an hour ahead does no harm: its token is used until it is refused", async () => {
    let alive = true;
    await using server = await tokenServer(749, (token) => alive || token !== "Bearer theirs");
    const { store } = memoryStore([[key(server.url), freshToken("theirs", hour)]]);
    const client = clientOn(server.url, store);
    await client.listConnectorCustomizers();
    alive = false;
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(tokensOf(server)).toEqual(["Bearer theirs", "Bearer theirs", "Bearer token-1"]);
  });

  test("is not given a token that has no end: nobody could tell when to forget it", async () => {
    await using server = await tokenServer(undefined);
    const { store, tokens } = memoryStore();
    await clientOn(server.url, store).listConnectorCustomizers();
    expect([...tokens]).toEqual([]);
  });

  const failures: readonly [string, () => never | Promise<never>][] = [
    ["rejects", () => Promise.reject(new Error("redis is gone"))],
    [
      "throws",
      () => {
        throw new Error("redis is gone");
      },
    ],
  ];
  test.each(failures)("that %s is told in the log, and done without", async (_, fail) => {
    await using server = await tokenServer(749, (token) => token !== "Bearer token-1");
    const { lines, logger } = keepLines();
    const store = { get: fail, set: fail, delete: fail };
    expect(await clientOn(server.url, store, { logger }).listConnectorCustomizers()).toEqual([]);
    expect(tokenRequests(server)).toBe(2);
    expect(new Set(lines)).toEqual(new Set(["warn isc-customizers: The token store failed: redis is gone"]));
    expect(lines).toHaveLength(4);
  });

  test("that puts the token into its error does not have it logged", async () => {
    await using server = await tokenServer(749);
    const { lines, logger } = keepLines();
    const { store } = memoryStore();
    store.set = (_, { value }) => Promise.reject(new Error(`cannot store ${value}`));
    await clientOn(server.url, store, { logger }).listConnectorCustomizers();
    expect(lines).toEqual(["warn isc-customizers: The token store failed: cannot store [redacted]"]);
  });

  test("that never answers holds a call up for as long as a request may take, and no longer", async () => {
    await using server = await tokenServer(749);
    const clock = new ManualClock();
    const { lines, logger } = keepLines();
    const [got, put] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const hang = (asked: () => void) => () => {
      asked();
      return new Promise<never>(() => {});
    };
    const store = { get: hang(got.resolve), set: hang(put.resolve), delete: hang(() => {}) };
    const call = clientOn(server.url, store, { logger }, clock)
      .listConnectorCustomizers()
      .then((data) => data);
    for (const asked of [got, put]) {
      await asked.promise;
      clock.expire(30_000);
    }
    expect(await call).toEqual([]);
    expect(lines).toEqual(Array(2).fill(expect.stringMatching(/The token store failed: .*30000 ms/)));
    expect(clock.pending).toBe(0);
  });

  test.each([{}, 5, { get: () => {} }, { get() {}, set() {} }])("that is %j is refused", (store) => {
    expect(() => clientOn("http://localhost", store as never)).toThrow(ConfigurationError);
  });
});

describe("a token that ages", () => {
  test("is used while another one is fetched, once for all", async () => {
    await using server = await tokenServer(749);
    const clock = new ManualClock();
    const client = assembleClient(
      { baseUrl: server.url, auth: { clientId: "id", clientSecret: "s" } },
      clock,
    );
    await client.listConnectorCustomizers();
    await clock.advance(700_000);
    await Promise.all(Array.from({ length: 10 }, () => client.listConnectorCustomizers()));
    await vi.waitUntil(() => tokenRequests(server) === 2, { timeout: 60_000 });
    await vi.waitUntil(() => clock.pending === 0, { timeout: 60_000 });
    await client.listConnectorCustomizers();
    const used = tokensOf(server);
    expect(used.slice(0, 11)).toEqual(Array(11).fill("Bearer token-1"));
    expect(used.slice(11)).toEqual(["Bearer token-2"]);
    expect(tokenRequests(server)).toBe(2);
  });

  test("is used to its end when no other one is to be had, and the endpoint is left alone in between", async () => {
    const clock = new ManualClock();
    const { lines, logger } = keepLines();
    let up = true;
    await using server = await startServer((request, response) => {
      response.setHeader("Content-Type", "application/json");
      if (request.url !== "/oauth/token") response.end("[]");
      else if (up) response.end('{"access_token":"t","expires_in":749}');
      else response.writeHead(400).end('{"error":"invalid_client"}');
    });
    const client = assembleClient(
      { baseUrl: server.url, auth: { clientId: "id", clientSecret: "s" }, logger },
      clock,
    );
    await client.listConnectorCustomizers();
    up = false;
    await clock.advance(700_000);
    const call = async (times: number) => {
      const before = lines.length;
      for (let n = 0; n < times; n++) await client.listConnectorCustomizers();
      await vi.waitUntil(() => lines.length > before, { timeout: 60_000 });
      return tokenRequests(server);
    };
    expect(await call(20)).toBe(2);
    await clock.advance(5000);
    expect(await call(20)).toBe(3);
    for (const line of lines) expect(line).toMatch(/^warn .*answered 400: invalid_client/);
    // In its last seconds it may die on its way.
    await clock.advance(40_000);
    await expect(client.listConnectorCustomizers()).rejects.toThrow(/answered 400/);
    up = true;
    expect(await client.listConnectorCustomizers()).toEqual([]);
  });

  test.each([hour, -hour])("does so whatever the time of day is set to: %i ms", async (change) => {
    await using server = await tokenServer(749);
    const client = assembleClient(
      { baseUrl: server.url, auth: { clientId: "id", clientSecret: "s" } },
      new ManualClock(),
    );
    await client.listConnectorCustomizers();
    const set = vi.spyOn(Date, "now").mockReturnValue(Date.now() + change);
    await client.listConnectorCustomizers();
    set.mockRestore();
    expect(tokenRequests(server)).toBe(1);
  });
});
