import { startMockTenant } from "@isc-customizers/mock-tenant";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
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
import { answering, clientOf, startServer, unusedUrl } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

beforeEach(() => {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toLowerCase(), undefined);
  }
});
afterEach(() => vi.unstubAllEnvs());

describe("through a proxy", () => {
  test("http goes as it is", async () => {
    await using server = await answering(200, "[]");
    await using proxy = await startProxy();
    vi.stubEnv("HTTP_PROXY", proxy.url);
    const url = server.url.replace("127.0.0.1", "acme.localhost");
    expect(await clientOf({ url }, { fetch: await undiciFetch() }).listConnectorCustomizers()).toEqual([]);
    expect(proxy.asked).toEqual([`GET ${url}/v2024/connector-customizers`]);
  });

  test.each(["127.0.0.1", "*", "example.com, 127.0.0.1"])("a host in NO_PROXY=%s does not", async (value) => {
    await using server = await answering(200, "[]");
    await using proxy = await startProxy();
    vi.stubEnv("HTTP_PROXY", proxy.url);
    vi.stubEnv("NO_PROXY", value);
    expect(await clientOf(server, { fetch: await undiciFetch() }).listConnectorCustomizers()).toEqual([]);
    expect(server.requests).toHaveLength(1);
    expect(proxy.asked).toEqual([]);
  });

  test("a proxy that refuses is a ConnectionError, without its password", async () => {
    await using proxy = await startProxy(407);
    vi.stubEnv("HTTPS_PROXY", proxy.url.replace("//", "//user:sesame@"));
    const client = clientOf({ url: "https://acme.example" }, { fetch: await undiciFetch() });
    const error: unknown = await client.listConnectorCustomizers().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toMatch(/407/);
    expect(`${(error as Error).stack} ${JSON.stringify(error)}`).not.toContain("sesame");
  });

  test.each(["no url:sesame@", "ftp://user:sesame@proxy.example"])("%s is not one", async (value) => {
    vi.stubEnv("HTTPS_PROXY", value);
    const error: unknown = await undiciFetch().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(`${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain("sesame");
  });
});

describe("without a proxy it is a fetch like the platform's", () => {
  test("for answers, errors and empty bodies", async () => {
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

  test("for a redirect, which is not followed", async () => {
    await using elsewhere = await answering(200, "[]");
    await using server = await answering(307, "{}", { Location: elsewhere.url });
    const client = clientOf(server, { fetch: await undiciFetch() });
    await expect(client.listConnectorCustomizers()).rejects.toMatchObject({ status: 307 });
    expect(elsewhere.requests).toEqual([]);
  });

  test("for what is out of reach: it is known that nothing was sent", async () => {
    const url = unusedUrl;
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const logger = { error: log, warn: log, info: log, debug: log };
    const client = clientOf({ url }, { fetch: await undiciFetch(), retries: 1, logger, logLevel: "info" });
    const call = client.createConnectorCustomizer({ body: { name: "x" } });
    await expect(call).rejects.toThrow(ConnectionError);
    await expect(call).rejects.toThrow(/ECONNREFUSED/);
    expect(lines.filter((line) => /another attempt/.test(line))).toHaveLength(1);
  });

  test("for the caller's signal", async () => {
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

  test("for a token endpoint that is out of reach", async () => {
    const auth = { clientId: "a", clientSecret: "b", tokenUrl: unusedUrl };
    await using server = await answering(200, "[]");
    const client = createClient({ baseUrl: server.url, auth, fetch: await undiciFetch() });
    await expect(client.listConnectorCustomizers()).rejects.toThrow(AuthenticationError);
  });

  test("for a form of the platform's", async () => {
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
