import { spawnSync } from "node:child_process";
import { getEventListeners } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as errors from "../../src/index.ts";
import { createClient, TimeoutError } from "../../src/index.ts";
import { answering, clientOf, startServer, tokenServer, unusedUrl } from "../support/server.ts";
import { rejection } from "../support/rejection.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

describe("a `fetch` that caches, such as that of Next.js 14", () => {
  /** Creates a `fetch` that answers from a cache, unless the request has `no-store`. */
  function cachingFetch() {
    const cached = new Map<string, Response>();
    return async (url: string, init: RequestInit) => {
      if (init.cache === "no-store") return await fetch(url, init);
      const key = `${init.method} ${url}`;
      const response = cached.get(key) ?? (await fetch(url, init));
      cached.set(key, response);
      return response.clone();
    };
  }

  test("does not cache a token or a response", async () => {
    await using server = await tokenServer(3600);
    const shared = cachingFetch();
    for (const clientId of ["first", "second"]) {
      const auth = { clientId, clientSecret: "s3cr3t-of-the-test" };
      const client = createClient({ baseUrl: server.url, auth, fetch: shared });
      await client.listConnectorCustomizers();
      await client.listConnectorCustomizers();
    }
    expect(server.requests).toHaveLength(6);
    const tokens = server.requests.map(({ headers }) => headers.authorization).filter(Boolean);
    expect(new Set(tokens)).toEqual(new Set(["Bearer token-1", "Bearer token-2"]));
  });
});

test("a GET works on a runtime without ReadableStream", () => {
  const client = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
  const program = `
    import { createClient } from ${JSON.stringify(client)};
    const headers = new Headers({ "content-type": "application/json" });
    delete globalThis.ReadableStream;
    const fetch = async () => ({ ok: true, status: 200, headers, text: async () => '{"id":"1"}' });
    const client = createClient({ tenant: "acme", auth: { accessToken: "abcdefgh" }, fetch });
    console.log(JSON.stringify(await client.getConnectorCustomizer({ id: "1" })));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({ id: "1" });
});

test("`timeout` ends a custom `fetch` that ignores its signal", async () => {
  await using server = await answering(200, "[]");
  const client = clientOf(server, { timeout: 50, fetch: () => new Promise(() => {}) });
  await expect(client.listConnectorCustomizers()).rejects.toThrow(TimeoutError);
});

test("a custom `fetch` is called without `this`, because browsers reject another object than the window", async () => {
  await using server = await answering(200, "[]");
  const receivers: unknown[] = [];
  const client = clientOf(server, {
    fetch(this: unknown, url, init) {
      receivers.push(this);
      return fetch(url, init);
    },
  });
  await client.listConnectorCustomizers();
  expect(receivers).toEqual([undefined]);
});

test.each([302, 307])(
  "a %i is not followed, because the other server would get the token",
  async (status) => {
    await using elsewhere = await answering(200, "[]");
    await using server = await answering(status, "", { Location: elsewhere.url });
    await expect(clientOf(server).listConnectorCustomizers()).rejects.toMatchObject({
      name: "ApiError",
      status,
    });
    expect(elsewhere.requests).toEqual([]);
  },
);

describe("a request without a complete response", () => {
  test("causes a ConnectionError with its cause when the server cannot be reached", async () => {
    const url = unusedUrl;
    const error = await rejection(clientOf({ url }).getConnectorCustomizer({ id }));
    expect(error).toBeInstanceOf(errors.ConnectionError);
    expect((error as Error).message).toMatch(
      /^getConnectorCustomizer: GET \/v2024\/connector-customizers\/.* failed: .*ECONNREFUSED/,
    );
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  test("causes a ConnectionError when the connection drops, and does not repeat a POST", async () => {
    await using server = await startServer((request) => request.socket.destroy());
    expect(
      await rejection(clientOf(server).createConnectorCustomizer({ body: { name: "x" } })),
    ).toBeInstanceOf(errors.ConnectionError);
    expect(server.requests).toHaveLength(1);
  });

  test("causes a ConnectionError when the connection drops during the body", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("[", () => request.socket.destroy());
    });
    expect(await rejection(clientOf(server).listConnectorCustomizers())).toBeInstanceOf(
      errors.ConnectionError,
    );
  });

  test("causes the error of its status when the connection drops during the body of an error", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(503, { "Content-Length": "100" });
      response.write("{", () => request.socket.destroy());
    });
    expect(await rejection(clientOf(server).getConnectorCustomizer({ id }))).toMatchObject({
      name: "ServerError",
      status: 503,
    });
  });

  test.each(["before it is sent", "before the response", "during the body"])(
    "causes an AbortError when the caller aborts %s",
    async (when) => {
      const controller = new AbortController();
      const reason = new Error("changed my mind");
      const abort = () => controller.abort(reason);
      await using server = await startServer((_, response) => {
        if (when === "before the response") abort();
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
  ])("causes a TimeoutError when its signal times out during %s", async (_, call) => {
    expect(await rejection(call())).toBeInstanceOf(errors.TimeoutError);
  });

  test("calls no function of the caller if its signal is aborted before, or an argument is invalid", async () => {
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

  test("causes a TimeoutError when its signal times out", async () => {
    await using server = await startServer(() => {});
    const call = clientOf(server).listConnectorCustomizers({}, { signal: AbortSignal.timeout(20) });
    expect(await rejection(call)).toBeInstanceOf(errors.TimeoutError);
  });
});

test("an error shows neither the token nor the earlier token that it replaced", async () => {
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
