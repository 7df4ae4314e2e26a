import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { type Client, type ClientOptions, createClient, IscError } from "../../src/index.ts";
import { EagerClock } from "../support/clock.ts";
import { iscErrorOf } from "../support/rejection.ts";
import { keepLines, startServer } from "../support/server.ts";

/*
 * Provokes every failure of the client, with a server and functions of the caller's that repeat all the secrets they receive. Then
 * searches the log, and all that can be reached from the error and the client, for the marker that each secret contains.
 */

const marker = "S3CR3T";
// It contains characters that a URL, a form and JSON encode.
const clientSecret = `${marker}/client "of+mine`;
const token = `${marker}.token/with"quotes+\\and=`;
const cookie = `session=${marker}-cookie`;
const proxy = `http://user:${marker}-proxy@127.0.0.1:8080/`;
const leaks = [
  token,
  encodeURIComponent(token),
  JSON.stringify(token),
  JSON.stringify(token).replaceAll("/", "\\/"),
  token.replace(/[^a-z0-9]/gi, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
  encodeURIComponent(encodeURIComponent(token)),
  `Bearer ${token}`,
  proxy,
].join(" and ");

/** Returns all strings that can be reached from a value. */
function* textsIn(value: unknown, seen = new Set<unknown>()): Generator<string> {
  if (typeof value === "string") yield value;
  if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof Headers || value instanceof Map || value instanceof Set) {
    for (const entry of value) yield* textsIn(entry, seen);
  }
  for (const key of Reflect.ownKeys(value)) {
    yield String(key);
    yield* textsIn(Object.getOwnPropertyDescriptor(value, key)?.value, seen);
  }
}

function expectNoSecret(value: unknown, what: string): void {
  const shown = [
    ...textsIn(value),
    inspect(value, { depth: Infinity, showHidden: true, getters: true, maxStringLength: Infinity }),
    inspect(value, { depth: Infinity, maxArrayLength: Infinity }),
    JSON.stringify(value) ?? "",
    String(value),
  ];
  for (const text of shown) expect(text.toUpperCase(), what).not.toContain(marker);
}

const printed: string[] = [];
beforeAll(() => {
  for (const level of ["error", "warn", "info", "debug", "log"] as const)
    vi.spyOn(console, level).mockImplementation((...args) => void printed.push(inspect(args)));
});
afterAll(() => void vi.restoreAllMocks());
afterEach(() => expectNoSecret(printed.splice(0), "the console"));

/** Starts a tenant with the handlers of the API and of its token endpoint, which returns the token by default. */
async function tenantThat(
  answer: (response: ServerResponse, body: string) => void,
  tokenEndpoint?: (response: ServerResponse) => void,
) {
  return await startServer((request, response, { body }) => {
    response.setHeader("Set-Cookie", cookie);
    if (!request.url?.startsWith("/oauth")) answer(response, body);
    else if (tokenEndpoint) tokenEndpoint(response);
    else response.end(JSON.stringify({ access_token: token, expires_in: 749 }));
  });
}

/** Makes a call that fails, and searches the error, the log on the level `debug`, and the client. */
async function search(
  url: string,
  options: Partial<ClientOptions>,
  call: (client: Client) => PromiseLike<unknown> = (client) => client.getConnectorCustomizer({ id: "a" }),
): Promise<IscError> {
  const { lines, logger } = keepLines();
  const given = {
    baseUrl: url,
    auth: { clientId: "id", clientSecret },
    logger,
    logLevel: "debug",
    ...options,
  };
  const client = createClientWithClock(given as ClientOptions, new EagerClock());
  const error = await iscErrorOf(call(client));
  expectNoSecret(error, "the error");
  expectNoSecret(lines, "the log");
  expectNoSecret(client, "the client");
  expect(lines).not.toEqual([]);
  return error;
}

describe("no error, log or client shows a secret", () => {
  test("and the search finds a secret that is shown", () => {
    const nested = new Error("a", { cause: { deep: [new Map([["k", `x${marker}`]])] } });
    const hidden = Object.defineProperty(new Error("b"), "hidden", { value: marker, enumerable: false });
    for (const value of [marker, nested, hidden, new Headers({ a: marker }), { [marker]: 1 }])
      expect(() => expectNoSecret(value, "it")).toThrow("it");
  });

  test.each([302, 400, 401, 403, 404, 408, 409, 418, 429, 500, 502, 503, 504])(
    "when a %i repeats it in every part of the response",
    async (status) => {
      const body = JSON.stringify({
        detailCode: leaks,
        trackingId: token,
        messages: [{ text: leaks, locale: token }],
        causes: [{ text: leaks }],
        error: leaks,
        [token]: leaks,
      });
      await using server = await tenantThat((response) => {
        response.statusMessage = token;
        response.setHeader("X-Echo", `${token} ${encodeURIComponent(token)}`);
        response.setHeader("Location", proxy);
        response.setHeader("X-Deprecated", "true");
        response.writeHead(status).end(body);
      });
      const error = await search(server.url, {});
      expect(error).toMatchObject({ status });
      expect(JSON.stringify(error)).toContain("[redacted]");
    },
  );

  test.each<[string, string, string]>([
    ["is malformed", "application/json", `{"a": "${leaks}`],
    ["is a web page", "text/html", `<html>${leaks}`],
    ["is of another type", "text/html", JSON.stringify({ a: token })],
    ["contains binary data", "application/json", `\u0000\ufffd${leaks}`],
  ])("when a response that repeats it %s", async (_, type, body) => {
    await using server = await tenantThat((response) =>
      response.writeHead(200, { "Content-Type": type, "X-Echo": token }).end(body),
    );
    expect(await search(server.url, {})).toMatchObject({
      name: "ResponseParseError",
      bodyStart: expect.stringContaining("[redacted]"),
    });
    const raw = (client: Client) => client.raw.GET("/connector-customizers");
    if (type === "application/json")
      expect((await search(server.url, {}, raw)).name).toBe("ResponseParseError");
  });

  test("when the response is cut off or missing", async () => {
    await using cut = await tenantThat((response) => {
      response.writeHead(200, { "Content-Length": "9999" });
      response.write(leaks, () => response.destroy());
    });
    expect((await search(cut.url, {})).name).toBe("ConnectionError");
    await using hangingUp = await tenantThat((response) => response.destroy());
    expect((await search(hangingUp.url, {})).name).toBe("ConnectionError");
  });

  test("when the call is aborted, or takes too long", async () => {
    const controller = new AbortController();
    await using server = await tenantThat(() => controller.abort());
    const { signal } = controller;
    const call = (client: Client) => client.getConnectorCustomizer({ id: "a" }, { signal });
    expect((await search(server.url, { rateLimit: false }, call)).name).toBe("AbortError");
    const clock = new EagerClock();
    await using idle = await tenantThat(() => clock.expire(30_000));
    const client = createClientWithClock(
      { baseUrl: idle.url, auth: { clientId: "id", clientSecret }, retries: 0 },
      clock,
    );
    const error = await iscErrorOf(client.getConnectorCustomizer({ id: "a" }));
    expect(error.name).toBe("TimeoutError");
    expectNoSecret(error, "the error");
  });

  const form = new URLSearchParams({ client_secret: clientSecret }).toString();
  const secretLeaks = [clientSecret, form, encodeURIComponent(clientSecret), proxy].join(" and ");
  test.each<[string, number, string]>([
    ["refuses", 401, JSON.stringify({ error: secretLeaks, error_description: secretLeaks })],
    ["fails", 503, secretLeaks],
    ["answers without a token", 200, JSON.stringify({ echo: secretLeaks })],
    ["answers with a token that contains a space", 200, JSON.stringify({ access_token: `${token} \n` })],
    ["answers with a web page", 200, `<html>${secretLeaks}`],
    ["redirects", 302, ""],
  ])("when the token endpoint repeats it and %s", async (_, status, body) => {
    await using server = await tenantThat(
      () => {},
      (response) => response.writeHead(status, { Location: proxy, "X-Echo": form }).end(body),
    );
    expect((await search(server.url, {})).name).toBe("AuthenticationError");
    const auth = { clientId: "id", clientSecret, tokenUrl: `${server.url}/oauth/token?key=${marker}` };
    expect((await search(server.url, { auth })).name).toBe("AuthenticationError");
  });

  test("when the discovered token endpoint contains credentials", async () => {
    await using server = await tenantThat(
      () => {},
      (response) => response.end(JSON.stringify({ tokenEndpoint: `https://user:${marker}@login.example/` })),
    );
    const auth = { clientId: "id", clientSecret, tokenUrl: "discover" };
    expect((await search(server.url, { auth })).name).toBe("AuthenticationError");
  });

  test.each(["to the token endpoint", "to an operation"])(
    "when the caller's fetch throws an error with all that it received, for a request %s",
    async (which) => {
      const fetch = (url: string, init: RequestInit) => {
        if (url.endsWith("/oauth/token") && which === "to an operation")
          return Promise.resolve(Response.json({ access_token: token }));
        const all = `${inspect(init)} ${init.body as string} ${new Headers(init.headers).get("authorization")} ${proxy}`;
        const cause = Object.assign(new Error(all, { cause: all }), { code: "ECONNRESET", request: init });
        const aggregate = new AggregateError([cause], all, { cause });
        return Promise.reject(
          Object.assign(new TypeError(all, { cause: aggregate }), { init, response: init }),
        );
      };
      await search("http://localhost", { fetch });
      await search("http://localhost", { fetch }, (client) =>
        client.createConnectorCustomizer({ body: { name: "x" } }),
      );
      await search("http://localhost", { fetch }, (client) => client.raw.GET("/connector-customizers"));
    },
  );

  test("when the token store throws an error that contains it", async () => {
    await using server = await tenantThat((response) => response.writeHead(429).end("{}"));
    const tokenStore = {
      get: () => Promise.resolve({ value: `${token}\n`, issued: 0, expires: Infinity }),
      set: (_: string, { value }: { value: string }) => Promise.reject(new Error(`no room for ${value}`)),
      delete: () => Promise.resolve(),
    };
    await search(server.url, { auth: { clientId: "id", clientSecret, tokenStore } });
  });

  test.each<[string, object]>([
    ["a base URL with credentials", { baseUrl: `https://user:${marker}@acme.example` }],
    ["a tenant that is a URL with credentials", { baseUrl: undefined, tenant: `https://u:${marker}@acme` }],
    ["a secret with a line break", { auth: { clientId: "id", clientSecret: `${marker}\n` } }],
    ["a token with a line break", { auth: { accessToken: `${marker}\n` } }],
    ["both a token and a secret", { auth: { clientId: "id", clientSecret: marker, accessToken: marker } }],
    [
      "a token URL with credentials",
      { auth: { clientId: "a", clientSecret: marker, tokenUrl: `https://u:${marker}@a` } },
    ],
    ["a header that the client sets itself", { headers: { Authorization: marker } }],
    ["a header with a line break", { headers: { "X-Key": `${marker}\n` } }],
    ["an unknown option", { auth: { accessToken: marker }, tokn: marker }],
  ])("when %s is refused", (_, options) => {
    let error: unknown;
    try {
      createClient({
        baseUrl: "http://localhost",
        auth: { accessToken: token },
        ...options,
      } as ClientOptions);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(IscError);
    expectNoSecret(error, "the error");
  });
});
