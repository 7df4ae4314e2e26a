import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import * as errors from "../../src/index.ts";
import { createClient } from "../../src/index.ts";
import { answering, clientOf, startServer, unusedUrl } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  return await promise.then(
    () => expect.fail("The call succeeded."),
    (error: unknown) => error,
  );
}

describe("a successful response", () => {
  test.each([
    ["is not JSON", "<html>Sign in</html>"],
    ["is cut off", '[{"id":"'],
    ["is not an array", '{"items":[]}'],
    ["is null", "null"],
    ["is empty", ""],
  ])("is a ResponseParseError when its body %s", async (_, body) => {
    await using server = await answering(200, body, { "X-Proxy": "yes", "Set-Cookie": "session=s3cr3t" });
    const error = await rejection(clientOf(server).listConnectorCustomizers());
    expect(error).toBeInstanceOf(errors.ResponseParseError);
    expect(error).toMatchObject({ status: 200, bodyStart: body });
    expect((error as errors.ResponseParseError).headers.get("x-proxy")).toBe("yes");
    expect(inspect(error, { depth: 9 })).not.toContain("s3cr3t");
  });

  test("is shown by its error up to 500 characters", async () => {
    await using server = await answering(200, "x".repeat(2000));
    expect(await rejection(clientOf(server).listConnectorCustomizers())).toMatchObject({
      bodyStart: "x".repeat(500),
    });
  });

  test.each([200, 201, 204, 205])(
    "is a ResponseParseError when the operation returns data and a %i has none",
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

  test("may have any body when the operation returns no data", async () => {
    await using server = await answering(200, '{"unexpected":true}');
    expect(await clientOf(server).deleteConnectorCustomizer({ id })).toBeUndefined();
  });

  test("may have other members and lack members", async () => {
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

describe("a request without a complete response", () => {
  test("is a ConnectionError with its cause when the server cannot be reached", async () => {
    const url = unusedUrl;
    const error = await rejection(clientOf({ url }).getConnectorCustomizer({ id }));
    expect(error).toBeInstanceOf(errors.ConnectionError);
    expect((error as Error).message).toMatch(
      /^getConnectorCustomizer: GET \/v2024\/connector-customizers\/.* failed: .*ECONNREFUSED/,
    );
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  test("is a ConnectionError when the connection drops, and a POST is not sent twice", async () => {
    await using server = await startServer((request) => request.socket.destroy());
    expect(
      await rejection(clientOf(server).createConnectorCustomizer({ body: { name: "x" } })),
    ).toBeInstanceOf(errors.ConnectionError);
    expect(server.requests).toHaveLength(1);
  });

  test("is a ConnectionError when the connection drops within the body", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("[", () => request.socket.destroy());
    });
    expect(await rejection(clientOf(server).listConnectorCustomizers())).toBeInstanceOf(
      errors.ConnectionError,
    );
  });

  test("has a reason when both addresses of the host fail", async () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED ::1:443"), { code: "ECONNREFUSED" });
    const both = new TypeError("fetch failed", { cause: new AggregateError([refused, refused]) });
    const fetch = () => Promise.reject(both);
    const call = clientOf({ url: "http://localhost" }, { fetch }).getConnectorCustomizer({ id });
    await expect(call).rejects.toThrow(/ failed: connect ECONNREFUSED ::1:443$/);
  });

  test("has a reason when the error is its own cause", async () => {
    const circular = new Error("round");
    circular.cause = circular;
    const call = clientOf(
      { url: "http://localhost" },
      { fetch: () => Promise.reject(circular) },
    ).getConnectorCustomizer({ id });
    await expect(call).rejects.toThrow(/ failed: round$/);
  });

  test("is the error of its status when the connection drops within the body of an error", async () => {
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
    "is an AbortError when the caller aborts %s",
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
  ])("is a TimeoutError when its signal times out during a call of %s", async (_, call) => {
    expect(await rejection(call())).toBeInstanceOf(errors.TimeoutError);
  });

  test("calls no function when its signal is aborted before, or its arguments are refused", async () => {
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

  test("closes its connection when the caller aborts", async () => {
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

  test("leaves no listener on the caller's signal", async () => {
    await using server = await answering(200, "[]");
    const { signal } = new AbortController();
    const fetch = (url: string, init: RequestInit) => globalThis.fetch(url, { ...init, signal: null });
    const client = clientOf(server, { fetch });
    for (let n = 0; n < 5; n++) await client.listConnectorCustomizers({}, { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("is a TimeoutError when its signal times out", async () => {
    await using server = await startServer(() => {});
    const call = clientOf(server).listConnectorCustomizers({}, { signal: AbortSignal.timeout(20) });
    expect(await rejection(call)).toBeInstanceOf(errors.TimeoutError);
  });
});

test("a redirect is not followed, because the token would be sent along", async () => {
  await using elsewhere = await answering(200, "[]");
  await using server = await answering(302, "", { Location: `${elsewhere.url}/v2024/connector-customizers` });
  expect(await rejection(clientOf(server).listConnectorCustomizers())).toMatchObject({
    name: "ApiError",
    status: 302,
  });
  expect(elsewhere.requests).toEqual([]);
});

test("shows neither the token nor the one that it was renewed for", async () => {
  let calls = 0;
  await using server = await startServer((_, response) => {
    response
      .writeHead(calls === 1 ? 401 : 403)
      .end('{"message":"first-token was revoked, second-token too"}');
  });
  const accessToken = () => (calls++ === 0 ? "first-token" : "second-token");
  const call = clientOf(server, { auth: { accessToken } }).listConnectorCustomizers();
  await expect(call).rejects.toThrow("[redacted] was revoked, [redacted] too");
});

test.each([7, null, "text", { code: 1 }])("names a rate limiter that throws %j", async (thrown) => {
  const acquire = () => Promise.reject(thrown);
  const call = clientOf({ url: unusedUrl }, { rateLimit: { acquire } }).listConnectorCustomizers();
  const shown = typeof thrown === "object" ? Object.prototype.toString.call(thrown) : String(thrown);
  await expect(call).rejects.toThrow(`The function rateLimit.acquire threw: ${shown}`);
});
