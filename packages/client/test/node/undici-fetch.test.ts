import { startMockTenant } from "@isc-customizers/mock-tenant";
import * as undici8 from "undici";
import * as undici7 from "undici-7";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  AbortError,
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  createClient,
  NotFoundError,
} from "../../src/index.ts";
import { undiciFetch } from "../../src/node/index.ts";
import { startProxy } from "../support/proxy.ts";
import { answering, clientOf, keepLines, startServer, unusedUrl } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

beforeEach(() => {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toLowerCase(), undefined);
  }
});

describe.each([
  ["7", undici7, () => new undici7.Agent().compose(undici7.interceptors.retry())],
  ["8", undici8, () => new undici8.Agent().compose(undici8.interceptors.retry())],
] as const)("undici %s", (version, undici, composed) => {
  beforeAll(() => {
    vi.doMock("undici", () => ({ ...undici }));
  });
  afterAll(() => {
    vi.doUnmock("undici");
  });

  describe("with the proxies of the environment", () => {
    test("sends a request for an http URL to HTTP_PROXY", async () => {
      await using server = await answering(200, "[]");
      await using proxy = await startProxy();
      vi.stubEnv("HTTP_PROXY", proxy.url);
      const url = server.url.replace("127.0.0.1", "acme.localhost");
      expect(await clientOf({ url }, { fetch: await undiciFetch() }).listConnectorCustomizers()).toEqual([]);
      const tunnel = `CONNECT ${new URL(url).host}`;
      expect(proxy.asked).toEqual([version === "7" ? tunnel : `GET ${url}/v2024/connector-customizers`]);
    });

    test.each(["127.0.0.1", "*", "example.com, 127.0.0.1"])(
      "uses no proxy for a host in NO_PROXY=%s",
      async (value) => {
        await using server = await answering(200, "[]");
        await using proxy = await startProxy();
        vi.stubEnv("HTTP_PROXY", proxy.url);
        vi.stubEnv("NO_PROXY", value);
        expect(await clientOf(server, { fetch: await undiciFetch() }).listConnectorCustomizers()).toEqual([]);
        expect(server.requests).toHaveLength(1);
        expect(proxy.asked).toEqual([]);
      },
    );

    test("throws a ConnectionError without the password of a proxy that refuses", async () => {
      await using proxy = await startProxy(407);
      vi.stubEnv("HTTPS_PROXY", proxy.url.replace("//", "//user:sesame@"));
      const client = clientOf({ url: "https://acme.example" }, { fetch: await undiciFetch() });
      const error: unknown = await client.listConnectorCustomizers().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ConnectionError);
      expect((error as Error).message).toMatch(/407/);
      expect(`${(error as Error).stack} ${JSON.stringify(error)}`).not.toContain("sesame");
    });

    test.each(["no url:sesame@", "ftp://user:sesame@proxy.example"])(
      "refuses HTTPS_PROXY=%s, without the password in the error",
      async (value) => {
        vi.stubEnv("HTTPS_PROXY", value);
        const error: unknown = await undiciFetch().catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(ConfigurationError);
        expect((error as Error).message).toBe(
          "`HTTPS_PROXY` or `HTTP_PROXY` is not the URL of an HTTP proxy, such as http://proxy.example:8080.",
        );
        expect(`${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain("sesame");
      },
    );
  });

  describe("with a dispatcher", () => {
    test("sends requests with it, and ignores the proxies of the environment", async () => {
      await using mock = await startMockTenant({ seed: 1 });
      await using proxy = await startProxy();
      vi.stubEnv("HTTP_PROXY", unusedUrl);
      const dispatcher = new undici.ProxyAgent({ uri: proxy.url, proxyTunnel: true });
      const baseUrl = mock.baseUrl.replace("127.0.0.1", "acme.localhost");
      const client = createClient({ baseUrl, auth: mock, fetch: await undiciFetch({ dispatcher }) });
      expect(await client.listConnectorCustomizers()).not.toEqual([]);
      expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${new URL(baseUrl).host}`]));
      await dispatcher.close();
    });

    test("uses its limits", async () => {
      await using server = await startServer(() => {});
      const dispatcher = new undici.Agent({ headersTimeout: 1 });
      const client = clientOf(server, { fetch: await undiciFetch({ dispatcher }) });
      await expect(client.listConnectorCustomizers()).rejects.toThrow(/Headers Timeout Error/);
      await dispatcher.destroy();
    });

    test("accepts one that interceptors were added to", async () => {
      await using server = await answering(200, "[]");
      const dispatcher = composed();
      const client = clientOf(server, { fetch: await undiciFetch({ dispatcher }) });
      expect(await client.listConnectorCustomizers()).toEqual([]);
      await dispatcher.close();
    });

    test.each([null, "http://proxy.example", {}, { dispatch: true }])("refuses %o", async (dispatcher) => {
      await expect(undiciFetch({ dispatcher } as never)).rejects.toThrow(
        new ConfigurationError("`dispatcher` must be a dispatcher of undici, such as `new ProxyAgent(url)`."),
      );
    });
  });

  describe("as the `fetch` of a client", () => {
    test("returns responses, errors and empty bodies", async () => {
      await using mock = await startMockTenant({ seed: 1 });
      const client = createClient({ baseUrl: mock.baseUrl, auth: mock, fetch: await undiciFetch() });
      const { response } = await client.getConnectorCustomizer({ id }).withResponse();
      expect([response.status, response.url]).toEqual([
        200,
        `${mock.baseUrl}/v2024/connector-customizers/${id}`,
      ]);
      await client.deleteConnectorCustomizer({ id });
      await expect(client.getConnectorCustomizer({ id })).rejects.toThrow(NotFoundError);
    });

    test("does not follow a redirect", async () => {
      await using elsewhere = await answering(200, "[]");
      await using server = await answering(307, "{}", { Location: elsewhere.url });
      const client = clientOf(server, { fetch: await undiciFetch() });
      await expect(client.listConnectorCustomizers()).rejects.toMatchObject({ status: 307 });
      expect(elsewhere.requests).toEqual([]);
    });

    test("retries a POST after a refused connection, which sent nothing", async () => {
      const { lines, logger } = keepLines();
      const fetch = await undiciFetch();
      const client = clientOf({ url: unusedUrl }, { fetch, retries: 1, logger, logLevel: "info" });
      const call = client.createConnectorCustomizer({ body: { name: "x" } });
      await expect(call).rejects.toThrow(ConnectionError);
      await expect(call).rejects.toThrow(/ECONNREFUSED/);
      expect(lines.filter((line) => /next attempt/.test(line))).toHaveLength(1);
    });

    test("ends a request when the caller's signal is aborted", async () => {
      const asked = Promise.withResolvers<void>();
      await using server = await startServer(() => asked.resolve());
      const controller = new AbortController();
      const outcome = clientOf(server, { fetch: await undiciFetch() })
        .listConnectorCustomizers({}, { signal: controller.signal })
        .then(
          () => "data",
          (reason: unknown) => reason,
        );
      await asked.promise;
      controller.abort();
      expect(await outcome).toBeInstanceOf(AbortError);
    });

    test("reports a token endpoint that cannot be reached", async () => {
      const auth = { clientId: "a", clientSecret: "b", tokenUrl: unusedUrl };
      await using server = await answering(200, "[]");
      const client = createClient({ baseUrl: server.url, auth, fetch: await undiciFetch() });
      await expect(client.listConnectorCustomizers()).rejects.toThrow(AuthenticationError);
    });

    test("sends a FormData", async () => {
      await using server = await answering(200, "{}");
      const body = new FormData();
      body.set("file", new Blob(["content"]), "name.txt");
      const fetch = await undiciFetch();
      await fetch(server.url, { method: "POST", headers: { "X-Other": "kept" }, body });
      const [request] = server.requests;
      expect(request?.headers["x-other"]).toBe("kept");
      const type = request?.headers["content-type"] ?? "";
      const form = await new Response(request?.body ?? "", { headers: { "Content-Type": type } }).formData();
      expect(await (form.get("file") as File).text()).toBe("content");
    });
  });
});

test("says how to install undici when it is missing", async () => {
  vi.doMock("undici", () => {
    throw new Error("Cannot find package 'undici'");
  });
  try {
    await expect(undiciFetch()).rejects.toMatchObject({
      name: "ConfigurationError",
      message: "The package `undici` cannot be loaded. Install version 7 or 8: npm install undici",
    });
  } finally {
    vi.doUnmock("undici");
  }
});
