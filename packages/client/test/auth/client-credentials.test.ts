import { describe, expect, test } from "vitest";
import { createClient } from "../../src/index.ts";
import { credentials } from "../support/authentication.ts";
import { answering, tokenRequests, tokenServer } from "../support/server.ts";
import { clientWithStore, freshToken, memoryStore, storeKey, tokensSeenBy } from "../support/token-store.ts";

const hour = 3_600_000;

describe("client credentials", () => {
  test("are sent only to `tokenUrl` if it is set", async () => {
    await using login = await answering(200, '{"access_token":"t","expires_in":749}');
    await using api = await answering(200, "[]");
    const auth = { ...credentials, tokenUrl: `${login.url}/elsewhere` };
    await createClient({ baseUrl: api.url, auth }).listConnectorCustomizers();
    expect(login.requests.map(({ url }) => url)).toEqual(["/elsewhere"]);
    expect(api.requests[0]?.headers.authorization).toBe("Bearer t");
    expect(api.requests[0]?.body).not.toContain("secret");
  });
});

describe("client credentials with a token store", () => {
  test("share one token between clients, with its times", async () => {
    await using server = await tokenServer(749);
    const key = storeKey(server);
    const { store, tokens, calls } = memoryStore();
    const before = Date.now();
    await clientWithStore(server, store).listConnectorCustomizers();
    const after = Date.now();
    expect(await clientWithStore(server, store).listConnectorCustomizers()).toEqual([]);
    expect(tokenRequests(server)).toBe(1);
    expect(calls).toEqual([`get ${key}`, `set ${key} token-1`, `get ${key}`]);
    const { issued, expires } = tokens.get(key) ?? freshToken("none");
    expect(issued).toBeGreaterThanOrEqual(before - 1);
    expect(issued).toBeLessThanOrEqual(after + 1);
    expect(expires - issued).toBeCloseTo(749_000, 3);
  });

  test("read the store only when the client has no fresh token", async () => {
    await using server = await tokenServer(749);
    const { store, calls } = memoryStore();
    const client = clientWithStore(server, store);
    for (let n = 0; n < 5; n++) await client.listConnectorCustomizers();
    expect(calls).toHaveLength(2);
  });

  test("remove a token that the API refuses", async () => {
    await using server = await tokenServer(749, (token) => token === "Bearer token-1");
    const key = storeKey(server);
    const { store, tokens, calls } = memoryStore([[key, freshToken("revoked")]]);
    expect(await clientWithStore(server, store).listConnectorCustomizers()).toEqual([]);
    expect(tokensSeenBy(server)).toEqual(["Bearer revoked", "Bearer token-1"]);
    expect(tokens.get(key)?.value).toBe("token-1");
    expect(calls.slice(1)).toEqual([`get ${key}`, `delete ${key}`, `set ${key} token-1`]);
  });

  test("use the token with which another process has replaced a refused one", async () => {
    await using server = await tokenServer(749, (token) => token === "Bearer theirs");
    const key = storeKey(server);
    const { store, tokens, calls } = memoryStore([[key, freshToken("revoked")]]);
    const client = clientWithStore(server, store, {
      fetch: (url, init) => {
        tokens.set(key, freshToken("theirs"));
        return fetch(url, init);
      },
    });
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(tokenRequests(server)).toBe(0);
    expect(calls).not.toContain(`delete ${key}`);
  });

  test.each<[string, unknown]>([
    ["is expiring", { value: "theirs", issued: Date.now() - 700_000, expires: Date.now() + 49_000 }],
    ["has expired, by a clock that is an hour behind", freshToken("theirs", -hour)],
    ["has no times", { value: "theirs" }],
    ["has an invalid value", { ...freshToken("a"), value: "a\nb" }],
    ["is a string", "theirs"],
    ["is null", null],
  ])("ignore a stored token that %s", async (_, stored) => {
    await using server = await tokenServer(749);
    const { store } = memoryStore([[storeKey(server), stored]]);
    expect(await clientWithStore(server, store).listConnectorCustomizers()).toEqual([]);
    expect(tokensSeenBy(server)).toEqual(["Bearer token-1"]);
  });

  test("use the token of a machine whose clock is an hour ahead until it is refused", async () => {
    let alive = true;
    await using server = await tokenServer(749, (token) => alive || token !== "Bearer theirs");
    const { store } = memoryStore([[storeKey(server), freshToken("theirs", hour)]]);
    const client = clientWithStore(server, store);
    await client.listConnectorCustomizers();
    alive = false;
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(tokensSeenBy(server)).toEqual(["Bearer theirs", "Bearer theirs", "Bearer token-1"]);
  });

  test("do not store a token without a lifetime", async () => {
    await using server = await tokenServer(undefined);
    const { store, tokens } = memoryStore();
    await clientWithStore(server, store).listConnectorCustomizers();
    expect([...tokens]).toEqual([]);
  });
});
