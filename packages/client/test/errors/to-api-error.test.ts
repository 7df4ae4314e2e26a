import { startMockTenant } from "@isc-customizers/mock-tenant";
import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import * as errors from "../../src/index.ts";
import { ApiError, createClient, IscError, RateLimitError } from "../../src/index.ts";
import { answering, clientOf, startServer, unusedUrl } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  return await promise.then(
    () => expect.fail("There was no error."),
    (error: unknown) => error,
  );
}

async function apiError(status: number, body: string, headers?: Record<string, string>): Promise<ApiError> {
  await using server = await answering(status, body, headers);
  const error = await rejection(clientOf(server).getConnectorCustomizer({ id }));
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe("a status that is no success is the error named after it", () => {
  test.each([
    [400, "BadRequestError"],
    [401, "UnauthorizedError"],
    [403, "ForbiddenError"],
    [404, "NotFoundError"],
    [429, "RateLimitError"],
    [500, "ServerError"],
    [502, "ServerError"],
    [503, "ServerError"],
    [599, "ServerError"],
    [302, "ApiError"],
    [405, "ApiError"],
    [409, "ApiError"],
    [418, "ApiError"],
  ] as const)("%i is a %s", async (status, name) => {
    const error = await apiError(status, "{}");
    expect(error.constructor).toBe(errors[name]);
    expect(error).toBeInstanceOf(IscError);
    expect(error).toMatchObject({ name, status, attempts: 1 });
  });
});

describe("what a tenant says of an error", () => {
  test("is on the error: 404", async () => {
    await using mock = await startMockTenant();
    const error = await rejection(
      createClient({ baseUrl: mock.baseUrl, auth: mock }).getConnectorCustomizer({ id }),
    );
    expect(error).toBeInstanceOf(errors.NotFoundError);
    const { message, trackingId, ...rest } = error as ApiError;
    expect(rest).toMatchObject({
      status: 404,
      detailCode: expect.stringContaining("404"),
      messages: [{ text: expect.stringContaining(id), locale: "en-US" }],
      causes: [],
      body: { trackingId },
      operationId: "getConnectorCustomizer",
      method: "GET",
      url: `${mock.baseUrl}/v2024/connector-customizers/${id}`,
    });
    expect(trackingId).toMatch(/^[0-9a-f]{32}$/);
    expect(rest.headers.get("content-type")).toBe("application/json");
    expect(message).toBe(
      `getConnectorCustomizer: GET /v2024/connector-customizers/${id} answered 404: ` +
        `${rest.messages[0]?.text} (tracking id ${trackingId})`,
    );
  });

  test("400 and 403, too", async () => {
    await using mock = await startMockTenant({ scopes: ["sp:connector:read"] });
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const forbidden = await rejection(client.createConnectorCustomizer({ body: { name: "x" } }));
    expect(forbidden).toBeInstanceOf(errors.ForbiddenError);
    const bad = await rejection(client.listConnectorCustomizers({ limit: 251 }));
    expect(bad).toBeInstanceOf(errors.BadRequestError);
    expect((bad as ApiError).message).toMatch(/limit/);
  });

  test("the odd shape of 401 is read like the others", async () => {
    const error = await apiError(401, '{"error":"JWT expired"}');
    expect(error.messages).toEqual([{ text: "JWT expired", locale: null, localeOrigin: null }]);
    expect(error.message).toContain("answered 401: JWT expired");
  });

  test("the odd shape of 429 too, with how long to wait", async () => {
    const error = await apiError(429, '{"message":"Slow down"}', { "Retry-After": "7" });
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfter: 7000, messages: [{ text: "Slow down" }] });
  });

  test.each([
    ["an empty body", "", undefined],
    ["a proxy's page", "<html>Bad gateway</html>", "<html>Bad gateway</html>"],
    ["a string", '"no"', "no"],
    ["null", "null", null],
    [
      "fields of the wrong types",
      '{"messages":7,"causes":[null,{}],"trackingId":1}',
      { messages: 7, causes: [null, {}], trackingId: 1 },
    ],
  ])("%s does no harm", async (_, text, body) => {
    const error = await apiError(502, text);
    expect(error).toMatchObject({ status: 502, messages: [], causes: [], trackingId: undefined });
    expect(error.body).toEqual(body);
    expect(error.message).toContain("answered 502: Bad Gateway");
  });
});

describe("a success that cannot be read", () => {
  test.each([
    ["is no JSON", "<html>Sign in</html>"],
    ["is cut off", '[{"id":"'],
    ["is no list", '{"items":[]}'],
    ["is null", "null"],
    ["is empty", ""],
  ])("is a ResponseParseError when it %s", async (_, body) => {
    await using server = await answering(200, body, { "X-Proxy": "yes", "Set-Cookie": "session=s3cr3t" });
    const error = await rejection(clientOf(server).listConnectorCustomizers());
    expect(error).toBeInstanceOf(errors.ResponseParseError);
    expect(error).toMatchObject({ status: 200, bodyStart: body });
    expect((error as errors.ResponseParseError).headers.get("x-proxy")).toBe("yes");
    expect(inspect(error, { depth: 9 })).not.toContain("s3cr3t");
  });

  test("shows no more than the first 500 characters", async () => {
    await using server = await answering(200, "x".repeat(2000));
    expect(await rejection(clientOf(server).listConnectorCustomizers())).toMatchObject({
      bodyStart: "x".repeat(500),
    });
  });

  test.each([200, 201, 204, 205])(
    "is a ResponseParseError when data is due and a %i has none",
    async (status) => {
      await using server = await startServer((_, response) => response.writeHead(status).end());
      const call = clientOf(server).createConnectorCustomizer({ body: { name: "x" } });
      await expect(call).rejects.toMatchObject({
        name: "ResponseParseError",
        status,
        operationId: "createConnectorCustomizer",
      });
    },
  );

  test("is none where no data is due", async () => {
    await using server = await answering(200, '{"unexpected":true}');
    expect(await clientOf(server).deleteConnectorCustomizer({ id })).toBeUndefined();
  });

  test("what the API may add or leave out is no error", async () => {
    await using server = await answering(
      202,
      '{"id":"a","created":"2009-11-10 23:00:00 +0000 UTC","new":[1],"name":null}',
    );
    expect(await clientOf(server).getConnectorCustomizer({ id })).toMatchObject({
      id: "a",
      new: [1],
      name: null,
    });
  });
});

describe("a request that gets no answer", () => {
  test("because nobody listens is a ConnectionError with its cause", async () => {
    const url = unusedUrl;
    const error = await rejection(clientOf({ url }).getConnectorCustomizer({ id }));
    expect(error).toBeInstanceOf(errors.ConnectionError);
    expect((error as Error).message).toMatch(
      /^getConnectorCustomizer: GET \/v2024\/connector-customizers\/.* failed: .*ECONNREFUSED/,
    );
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  test("because the connection drops is a ConnectionError, and the request is not sent twice", async () => {
    await using server = await startServer((request) => request.socket.destroy());
    expect(
      await rejection(clientOf(server).createConnectorCustomizer({ body: { name: "x" } })),
    ).toBeInstanceOf(errors.ConnectionError);
    expect(server.requests).toHaveLength(1);
  });

  test("because it drops within the body is a ConnectionError", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("[", () => request.socket.destroy());
    });
    expect(await rejection(clientOf(server).listConnectorCustomizers())).toBeInstanceOf(
      errors.ConnectionError,
    );
  });

  test("because both addresses of the host fail has a reason", async () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED ::1:443"), { code: "ECONNREFUSED" });
    const both = new TypeError("fetch failed", { cause: new AggregateError([refused, refused]) });
    const fetch = () => Promise.reject(both);
    const call = clientOf({ url: "http://localhost" }, { fetch }).getConnectorCustomizer({ id });
    await expect(call).rejects.toThrow(/ failed: connect ECONNREFUSED ::1:443$/);
  });

  test("because of an error that is its own cause is told all the same", async () => {
    const circular = new Error("round");
    circular.cause = circular;
    const call = clientOf(
      { url: "http://localhost" },
      { fetch: () => Promise.reject(circular) },
    ).getConnectorCustomizer({ id });
    await expect(call).rejects.toThrow(/ failed: round$/);
  });

  test("within the body of an error is still the error of that status", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(503, { "Content-Length": "100" });
      response.write("{", () => request.socket.destroy());
    });
    expect(await rejection(clientOf(server).getConnectorCustomizer({ id }))).toMatchObject({
      name: "ServerError",
      status: 503,
    });
  });

  test.each(["before it is sent", "while it waits", "within the body"])(
    "because the caller aborts %s is an AbortError",
    async (when) => {
      const controller = new AbortController();
      const reason = new Error("changed my mind");
      const abort = () => controller.abort(reason);
      await using server = await startServer((_, response) => {
        if (when === "while it waits") abort();
        else response.writeHead(200).write("[", abort);
      });
      if (when === "before it is sent") abort();
      const error = await rejection(
        clientOf(server).listConnectorCustomizers({}, { signal: controller.signal }),
      );
      expect(error).toBeInstanceOf(errors.AbortError);
      expect((error as Error).cause).toBe(reason);
      expect(server.requests).toHaveLength(when === "before it is sent" ? 0 : 1);
    },
  );

  test.each<[string, () => PromiseLike<unknown>]>([
    [
      "a token function",
      () => {
        const auth = { accessToken: () => new Promise<string>(() => {}) };
        return createClient({ baseUrl: "http://localhost", auth }).listConnectorCustomizers(
          {},
          { signal: AbortSignal.timeout(20) },
        );
      },
    ],
    [
      "a body function",
      () => {
        const body = () => new Promise<Blob>(() => {});
        return clientOf({ url: "http://localhost" }).createConnectorCustomizerVersion(
          { id, body },
          { signal: AbortSignal.timeout(20) },
        );
      },
    ],
  ])("within that time while it waits for %s, too", async (_, call) => {
    expect(await rejection(call())).toBeInstanceOf(errors.TimeoutError);
  });

  test("is not begun for a signal that has ended, or arguments that are refused", async () => {
    let asked = 0;
    const body = () => new Blob([`${++asked}`]);
    const accessToken = () => `t${++asked}`;
    const client = createClient({ baseUrl: "http://localhost", auth: { accessToken } });
    expect(
      await rejection(client.createConnectorCustomizerVersion({ id, body }, { signal: AbortSignal.abort() })),
    ).toBeInstanceOf(errors.AbortError);
    expect(await rejection(client.createConnectorCustomizerVersion({ id: "", body }))).toBeInstanceOf(
      errors.ConfigurationError,
    );
    expect(asked).toBe(0);
  });

  test("because the caller aborts lets its connection go", async () => {
    const controller = new AbortController();
    const gone = Promise.withResolvers<void>();
    await using server = await startServer((request) => {
      request.socket.once("close", gone.resolve);
      controller.abort();
    });
    const call = clientOf(server).listConnectorCustomizers({}, { signal: controller.signal });
    expect(await rejection(call)).toBeInstanceOf(errors.AbortError);
    await gone.promise;
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  test("leaves nothing on the caller's signal", async () => {
    await using server = await answering(200, "[]");
    const { signal } = new AbortController();
    const fetch = (url: string, init: RequestInit) => globalThis.fetch(url, { ...init, signal: null });
    const client = clientOf(server, { fetch });
    for (let n = 0; n < 5; n++) await client.listConnectorCustomizers({}, { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("within the time that its signal allows is a TimeoutError", async () => {
    await using server = await startServer(() => {});
    const call = clientOf(server).listConnectorCustomizers({}, { signal: AbortSignal.timeout(20) });
    expect(await rejection(call)).toBeInstanceOf(errors.TimeoutError);
  });
});

test("a redirect is not followed: it would take the token along", async () => {
  await using elsewhere = await answering(200, "[]");
  await using server = await answering(302, "", { Location: `${elsewhere.url}/v2024/connector-customizers` });
  expect(await rejection(clientOf(server).listConnectorCustomizers())).toMatchObject({
    name: "ApiError",
    status: 302,
  });
  expect(elsewhere.requests).toEqual([]);
});

describe("no secret is shown", () => {
  const secrets = ["s3cr3t-client", "s3cr3t-token", "s3cr3t-cookie"];

  function expectNone(value: unknown) {
    const shown = `${inspect(value, { depth: 20, showHidden: true })} ${JSON.stringify(value)} ${String(value)}`;
    for (const secret of secrets) expect(shown).not.toContain(secret);
  }

  async function errorOf(answer: (response: ServerResponse) => void) {
    await using server = await startServer((request, response) => {
      if (request.url === "/oauth/token") response.end('{"access_token":"s3cr3t-token","expires_in":749}');
      else answer(response);
    });
    const client = createClient({
      baseUrl: server.url,
      auth: { clientId: "id", clientSecret: "s3cr3t-client" },
    });
    const error = await rejection(client.getConnectorCustomizer({ id }));
    expect(server.requests.at(-1)?.headers.authorization).toBe("Bearer s3cr3t-token");
    expectNone(client);
    return error;
  }

  test("by the client, or by an error of the API", async () => {
    expectNone(
      await errorOf((response) =>
        response.writeHead(500, { "Set-Cookie": "session=s3cr3t-cookie" }).end("{}"),
      ),
    );
  });

  test("when the server repeats the token", async () => {
    const echo = JSON.stringify({
      messages: [{ text: "Bad token s3cr3t-token" }],
      trackingId: "s3cr3t-token",
      deep: ["s3cr3t-token"],
    });
    const refusal = await errorOf((response) =>
      response.writeHead(400, "s3cr3t-token", { "X-Echo": "s3cr3t-token" }).end(echo),
    );
    expectNone(refusal);
    expect(refusal).toMatchObject({
      status: 400,
      messages: [{ text: "Bad token [redacted]" }],
      body: { deep: ["[redacted]"] },
    });
    const unreadable = await errorOf((response) => response.end("s3cr3t-token is not JSON"));
    expectNone(unreadable);
    expect(unreadable).toMatchObject({ bodyStart: "[redacted] is not JSON" });
  });

  test("when the caller's fetch puts what it was given into its error", async () => {
    const fetch = (url: string, init: RequestInit) => {
      if (url.endsWith("/oauth/token"))
        return Promise.resolve(Response.json({ access_token: "s3cr3t-token" }));
      const { authorization } = Object.fromEntries(new Headers(init.headers));
      return Promise.reject(
        Object.assign(new Error(`lost ${authorization}`, { cause: new Error(authorization) }), {
          config: { authorization },
        }),
      );
    };
    const client = createClient({
      baseUrl: "http://localhost",
      fetch,
      auth: { clientId: "id", clientSecret: "s3cr3t-client" },
    });
    const error = await rejection(client.getConnectorCustomizer({ id }));
    expect(error).toBeInstanceOf(errors.ConnectionError);
    expectNone(error);
    const leaky = (_: string, init: RequestInit) =>
      Promise.reject(new Error(`cannot send ${init.body as string}`));
    const noToken = createClient({
      baseUrl: "http://localhost",
      fetch: leaky,
      auth: { clientId: "id", clientSecret: "s3cr3t-client" },
    });
    const failure = await rejection(noToken.getConnectorCustomizer({ id }));
    expect(failure).toBeInstanceOf(errors.AuthenticationError);
    expectNone(failure);
  });
});

test("what the server says is one line of the message, however long it is", async () => {
  const error = await apiError(
    400,
    JSON.stringify({ messages: [{ text: `a\nb\u001b[31m ${"x".repeat(5000)}` }] }),
  );
  expect(error.message).toMatch(/answered 400: a b \[31m x+…$/);
  expect(error.message.length).toBeLessThan(500);
  expect(error.messages[0]?.text).toHaveLength(5000 + 9);
});
