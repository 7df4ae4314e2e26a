import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { type Client, type ClientOptions, createClient, IscError } from "../../src/index.ts";
import { EagerClock } from "../support/clock.ts";
import { keepLines, startServer } from "../support/server.ts";

/*
 * Everything that the client can fail of is provoked, by a server and by functions of the caller's that tell all they know. Then all
 * that was logged, and all that can be reached from the error and from the client, is searched for what each secret has in it.
 */

const mark = "S3CR3T";
// With what is written otherwise in a URL, in a form and in JSON.
const clientSecret = `${mark}/client "of+mine`;
const token = `${mark}.token/with"quotes+\\and=`;
const cookie = `session=${mark}-cookie`;
const proxy = `http://user:${mark}-proxy@127.0.0.1:8080/`;
const leaks = [
  token,
  encodeURIComponent(token),
  JSON.stringify(token),
  JSON.stringify(token).replaceAll("/", "\\/"),
  `Bearer ${token}`,
  proxy,
].join(" and ");

/** Everything that can be reached from a value, as texts. */
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
  for (const text of shown) expect(text.toUpperCase(), what).not.toContain(mark);
}

const printed: string[] = [];
beforeAll(() => {
  for (const level of ["error", "warn", "info", "debug", "log"] as const)
    vi.spyOn(console, level).mockImplementation((...args) => void printed.push(inspect(args)));
});
afterAll(() => void vi.restoreAllMocks());
afterEach(() => expectNoSecret(printed.splice(0), "the console"));

/** A tenant that gives the token, and answers as it is told. */
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

async function failureOf(call: PromiseLike<unknown>): Promise<IscError> {
  const error = await call.then(
    () => expect.fail("There was no error."),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(IscError);
  return error as IscError;
}

/** Makes a call that fails, and looks at the error, at the log on its most talkative level, and at the client. */
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
  const error = await failureOf(call(client));
  expectNoSecret(error, "the error");
  expectNoSecret(lines, "the log");
  expectNoSecret(client, "the client");
  expect(lines).not.toEqual([]);
  return error;
}

describe("a secret is not shown", () => {
  test("by what this test goes by: it finds one that is", () => {
    const nested = new Error("a", { cause: { deep: [new Map([["k", `x${mark}`]])] } });
    const hidden = Object.defineProperty(new Error("b"), "hidden", { value: mark, enumerable: false });
    for (const value of [mark, nested, hidden, new Headers({ a: mark }), { [mark]: 1 }])
      expect(() => expectNoSecret(value, "it")).toThrow("it");
  });

  test.each([302, 400, 401, 403, 404, 408, 409, 418, 429, 500, 502, 503, 504])(
    "when a %i repeats it everywhere",
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
    ["is a page", "text/html", `<html>${leaks}`],
    ["is of another type", "text/plain", JSON.stringify({ a: token })],
    ["is no text", "application/json", `\u0000\ufffd${leaks}`],
  ])("when an answer that repeats it %s", async (_, type, body) => {
    await using server = await tenantThat((response) =>
      response.writeHead(200, { "Content-Type": type, "X-Echo": token }).end(body),
    );
    expect((await search(server.url, {})).name).toBe("ResponseParseError");
    const raw = (client: Client) => client.raw.GET("/connector-customizers");
    if (type === "application/json")
      expect((await search(server.url, {}, raw)).name).toBe("ResponseParseError");
  });

  test("when the answer is cut off, or does not come", async () => {
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
    const error = await failureOf(client.getConnectorCustomizer({ id: "a" }));
    expect(error.name).toBe("TimeoutError");
    expectNoSecret(error, "the error");
  });

  const form = new URLSearchParams({ client_secret: clientSecret }).toString();
  const secretLeaks = [clientSecret, form, encodeURIComponent(clientSecret), proxy].join(" and ");
  test.each<[string, number, string]>([
    ["refuses", 401, JSON.stringify({ error: secretLeaks, error_description: secretLeaks })],
    ["fails", 503, secretLeaks],
    ["answers without a token", 200, JSON.stringify({ echo: secretLeaks })],
    ["answers with what is no token", 200, JSON.stringify({ access_token: `${token} \n` })],
    ["answers with a page", 200, `<html>${secretLeaks}`],
    ["redirects", 302, ""],
  ])("when the token endpoint repeats it and %s", async (_, status, body) => {
    await using server = await tenantThat(
      () => {},
      (response) => response.writeHead(status, { Location: proxy, "X-Echo": form }).end(body),
    );
    expect((await search(server.url, {})).name).toBe("AuthenticationError");
    const auth = { clientId: "id", clientSecret, tokenUrl: `${server.url}/oauth/token?key=${mark}` };
    expect((await search(server.url, { auth })).name).toBe("AuthenticationError");
  });

  test("when the tenant names a token endpoint with credentials in it", async () => {
    await using server = await tenantThat(
      () => {},
      (response) => response.end(JSON.stringify({ tokenEndpoint: `https://user:${mark}@login.example/` })),
    );
    const auth = { clientId: "id", clientSecret, tokenUrl: "discover" };
    expect((await search(server.url, { auth })).name).toBe("AuthenticationError");
  });

  test.each(["of the token endpoint", "of an operation"])(
    "when the caller's fetch tells all that it was given, %s",
    async (which) => {
      const fetch = (url: string, init: RequestInit) => {
        if (url.endsWith("/oauth/token") && which === "of an operation")
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

  test("when the token store and the limiter fail of it", async () => {
    await using server = await tenantThat((response) => response.writeHead(429).end("{}"));
    const tokenStore = {
      get: () => Promise.resolve({ value: `${token}\n`, issued: 0, expires: Infinity }),
      set: (_: string, { value }: { value: string }) => Promise.reject(new Error(`no room for ${value}`)),
      delete: () => Promise.resolve(),
    };
    await search(server.url, { auth: { clientId: "id", clientSecret, tokenStore } });
  });

  test.each<[string, object]>([
    ["a base URL with credentials", { baseUrl: `https://user:${mark}@acme.example` }],
    ["a tenant that is a URL with credentials", { baseUrl: undefined, tenant: `https://u:${mark}@acme` }],
    ["a secret that no form can hold", { auth: { clientId: "id", clientSecret: `${mark}\n` } }],
    ["a token that no header can hold", { auth: { accessToken: `${mark}\n` } }],
    ["both a token and a secret", { auth: { clientId: "id", clientSecret: mark, accessToken: mark } }],
    [
      "a token URL with credentials",
      { auth: { clientId: "a", clientSecret: mark, tokenUrl: `https://u:${mark}@a` } },
    ],
    ["a header of the client's own", { headers: { Authorization: mark } }],
    ["a header that cannot be sent", { headers: { "X-Key": `${mark}\n` } }],
    ["an option that there is not", { auth: { accessToken: mark }, tokn: mark }],
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
