import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test } from "vitest";
import { AbortError, AuthenticationError, createClient, type ClientOptions } from "../../src/index.ts";
import { assembleClient } from "../../src/create-client.ts";
import { EagerClock, ManualClock } from "../support/clock.ts";
import { answering, startServer, tokenRequests, tokenServer, unusedUrl } from "../support/server.ts";

const secret = "s3cr3t/do not+show";
const credentials = { clientId: "id", clientSecret: secret };

async function failure(options: ClientOptions, clock = new EagerClock()): Promise<AuthenticationError> {
  const error: unknown = await assembleClient(options, clock)
    .listConnectorCustomizers()
    .then(
      () => expect.fail("The call went through."),
      (reason: unknown) => reason,
    );
  expect(error).toBeInstanceOf(AuthenticationError);
  return error as AuthenticationError;
}

describe("client credentials", () => {
  test("one token serves every call, and one flight every caller", async () => {
    await using mock = await startMockTenant();
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    expect(mock.requests).toEqual([]);
    await Promise.all(Array.from({ length: 50 }, () => client.listConnectorCustomizers()));
    await client.listConnectorCustomizers();
    expect(mock.requests.filter(({ path }) => path === "/oauth/token")).toHaveLength(1);
  });

  test("the request for a token is a form, with the credentials in its body alone", async () => {
    await using server = await tokenServer(749);
    await createClient({ baseUrl: server.url, auth: credentials }).listConnectorCustomizers();
    const [request] = server.requests;
    expect(request).toMatchObject({ method: "POST", url: "/oauth/token" });
    expect(request?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "id",
      client_secret: secret,
    });
  });

  test.each([
    ["a token that has run out is replaced", 599, 2],
    ["a token that has run out already is used for its call alone", 0, 2],
    ["a lifetime that is no number counts as none", true, 1],
    ["a token is used as long as it lives", 749, 1],
    ["a lifetime in a string is understood", "749", 1],
    ["without a lifetime the token is used until it is refused", undefined, 1],
  ])("%s", async (_, expiresIn, expected) => {
    await using server = await tokenServer(expiresIn);
    const clock = new ManualClock();
    const client = assembleClient({ baseUrl: server.url, auth: credentials }, clock);
    await client.listConnectorCustomizers();
    await clock.advance(600_000);
    await client.listConnectorCustomizers();
    expect(tokenRequests(server)).toBe(expected);
  });

  test("a token that the API refuses is not used again", async () => {
    await using server = await tokenServer(749, (token) => token !== "Bearer token-1");
    const client = createClient({ baseUrl: server.url, auth: credentials });
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(tokenRequests(server)).toBe(2);
  });

  test("another token URL is used where one is named", async () => {
    await using login = await answering(200, '{"access_token":"t","expires_in":749}');
    await using api = await answering(200, "[]");
    const auth = { ...credentials, tokenUrl: `${login.url}/elsewhere` };
    await createClient({ baseUrl: api.url, auth }).listConnectorCustomizers();
    expect(login.requests.map(({ url }) => url)).toEqual(["/elsewhere"]);
    expect(api.requests[0]?.headers.authorization).toBe("Bearer t");
    expect(api.requests[0]?.body).not.toContain("secret");
  });

  test("a caller who gives up does not take the token from the others", async () => {
    let answer: () => void = () => {};
    const asked = Promise.withResolvers<void>();
    await using server = await startServer((request, response) => {
      if (request.url !== "/oauth/token") return void response.end("[]");
      answer = () => response.end('{"access_token":"t","expires_in":749}');
      asked.resolve();
    });
    const client = createClient({ baseUrl: server.url, auth: credentials });
    const controller = new AbortController();
    const given = client.listConnectorCustomizers({}, { signal: controller.signal }).then(
      () => "data",
      (error: unknown) => error,
    );
    const kept = client.listConnectorCustomizers().then((data) => data);
    await asked.promise;
    controller.abort(new Error("enough"));
    expect(await given).toBeInstanceOf(AbortError);
    answer();
    expect(await kept).toEqual([]);
    expect(server.requests.map(({ url }) => url)).toEqual(["/oauth/token", "/v2024/connector-customizers"]);
  });
});

describe("a token endpoint that gives no token is an AuthenticationError without the secret", () => {
  function expectNoSecret(error: Error) {
    const shown = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    for (const form of [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ s: secret }).toString().slice(2),
    ]) {
      expect(shown).not.toContain(form);
    }
  }

  test.each<[string, number, string, RegExp]>([
    [
      "it refuses",
      401,
      '{"error":"invalid_client","error_description":"Bad credentials"}',
      /answered 401: invalid_client: Bad credentials/,
    ],
    [
      "it repeats the secret",
      400,
      JSON.stringify({
        error: "invalid",
        error_description: `${secret} ${encodeURIComponent(secret)} ${new URLSearchParams({ s: secret })}`,
      }),
      /answered 400: invalid: \[redacted\]/,
    ],
    ["it fails", 503, "<html>down</html>", /answered 503/],
    ["it redirects", 307, "", /answered 307/],
    ["it answers without a token", 200, "{}", /without an access token/],
    ["it answers with no JSON", 200, "<html>", /without an access token/],
    ["its token is no token", 200, '{"access_token":"a\\nb"}', /without an access token/],
  ])("%s", async (_, status, body, message) => {
    await using server = await answering(status, body, { Location: "http://127.0.0.1:9/stolen" });
    const error = await failure({ baseUrl: server.url, auth: credentials });
    expect(error.message).toMatch(message);
    expect(error.status).toBe(status);
    // What may pass is tried again, twice.
    expect(server.requests).toHaveLength(status === 503 ? 3 : 1);
    expectNoSecret(error);
  });

  test.each<[string, string | undefined, number | undefined]>([
    ["asks for longer than is waited for", "120", 120_000],
    ["does not say for how long", undefined, undefined],
  ])("it limits its rate, and %s", async (_, asked, retryAfter) => {
    await using server = await answering(429, "", asked === undefined ? {} : { "Retry-After": asked });
    for (const tokenUrl of [undefined, "discover"]) {
      const error = await failure({ baseUrl: server.url, auth: { ...credentials, tokenUrl } });
      expect(error).toMatchObject({ status: 429, retryAfter });
      expect(error.toJSON()["retryAfter"]).toBe(retryAfter);
    }
    expect(server.requests).toHaveLength(asked === undefined ? 6 : 2);
  });

  test("it is out of reach", async () => {
    const error = await failure({ baseUrl: unusedUrl, auth: credentials });
    expect(error.message).toMatch(/gave no whole answer: .*ECONNREFUSED/);
    expect(error).toMatchObject({ status: undefined, retryAfter: undefined });
    expect(error.cause).toBeInstanceOf(Error);
    expectNoSecret(error);
  });

  test("it takes the request and never answers", async () => {
    const clock = new EagerClock();
    await using server = await startServer(() => clock.expire(30_000));
    const error = await failure({ baseUrl: server.url, auth: credentials }, clock);
    expect(error.message).toMatch(
      /gave no whole answer: token: POST \/oauth\/token took longer than 30000 ms/,
    );
    expect(server.requests).toHaveLength(3);
  });

  test("it hangs up within its answer", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("{", () => request.socket.destroy());
    });
    const error = await failure({ baseUrl: server.url, auth: credentials });
    expect(error.message).toMatch(/gave no whole answer: /);
    expect(error.status).toBeUndefined();
  });

  test("it hangs up", async () => {
    await using server = await startServer((request) => request.socket.destroy());
    expectNoSecret(await failure({ baseUrl: server.url, auth: credentials }));
  });

  test("and the next call tries again", async () => {
    let up = false;
    await using server = await startServer((request, response) => {
      if (request.url !== "/oauth/token") response.end("[]");
      else if (up) response.end('{"access_token":"t"}');
      else response.writeHead(500).end();
    });
    const client = assembleClient({ baseUrl: server.url, auth: credentials }, new EagerClock());
    await expect(client.listConnectorCustomizers()).rejects.toThrow(AuthenticationError);
    up = true;
    expect(await client.listConnectorCustomizers()).toEqual([]);
  });
});

describe("an access token", () => {
  test("is sent as it is", async () => {
    await using server = await answering(200, "[]");
    await createClient({ baseUrl: server.url, auth: { accessToken: "abc" } }).listConnectorCustomizers();
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer abc"]);
  });

  test("from a function is asked for at every request", async () => {
    await using server = await answering(200, "[]");
    let n = 0;
    const client = createClient({
      baseUrl: server.url,
      auth: { accessToken: () => Promise.resolve(`t${++n}`) },
    });
    await client.listConnectorCustomizers();
    await client.listConnectorCustomizers();
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer t1", "Bearer t2"]);
  });

  test.each([
    ["fails", () => Promise.reject(new Error("vault is sealed"))],
    ["gives nothing", () => ""],
    ["gives what no header can hold", () => `${secret}\r\nX-Evil: 1`],
  ])("from a function that %s is an AuthenticationError", async (_, accessToken) => {
    await using server = await answering(200, "[]");
    const error = await failure({ baseUrl: server.url, auth: { accessToken } });
    expect(error.message).toContain("`accessToken` function");
    expect(error.message).not.toContain(secret);
    expect(server.requests).toEqual([]);
  });
});
