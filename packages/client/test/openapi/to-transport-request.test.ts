import { Readable } from "node:stream";
import type { Middleware } from "openapi-fetch";
import { describe, expect, test, vi } from "vitest";
import { answering, clientOf, startServer } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const zip = new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]);

describe("a request that middleware puts in place of the client's", () => {
  test("is sent with its headers and body", async () => {
    await using server = await answering(200, "{}");
    const client = clientOf(server);
    client.use({
      onRequest: async ({ request }) =>
        new Request(request, {
          method: "POST",
          headers: { ...Object.fromEntries(request.headers), "x-new": "1" },
          body: '{"name":"new"}',
        }),
    });
    await client.createConnectorCustomizer({ body: { name: "old" } });
    expect(server.requests[0]).toMatchObject({ body: '{"name":"new"}', headers: { "x-new": "1" } });
  });

  test("is sent again with its body", async () => {
    let requests = 0;
    await using server = await startServer((_, response) => {
      response.writeHead(requests++ === 0 ? 429 : 200, { "Retry-After": "0" }).end("{}");
    });
    const client = clientOf(server, { retries: 1, rateLimit: false });
    client.use({ onRequest: ({ request }) => new Request(request, { headers: request.headers }) });
    await client.putConnectorCustomizer({ id, body: { name: "again" } });
    expect(server.requests.map(({ body }) => body)).toEqual(['{"name":"again"}', '{"name":"again"}']);
  });

  test("keeps the source of an upload that a `Request` cannot contain", async () => {
    await using server = await answering(201, '{"version":1}');
    const client = clientOf(server);
    client.use({ onRequest: ({ request }) => new Request(request, { headers: request.headers }) });
    const body = async function* () {
      yield zip;
    };
    await client.createConnectorCustomizerVersion({ id, body: () => body() });
    expect(server.requests[0]?.body).toBe(new TextDecoder().decode(zip));
    expect(server.requests[0]?.headers["content-type"]).toBe("application/zip");
  });

  test("carries no token to another origin", async () => {
    await using tenant = await answering(200, "[]");
    await using other = await answering(200, "[]");
    const client = clientOf(tenant);
    client.use({
      onRequest: ({ request }) => new Request(request.url.replace(tenant.url, other.url), request),
    });
    await client.listConnectorCustomizers();
    expect(tenant.requests).toEqual([]);
    expect(other.requests[0]?.headers).not.toHaveProperty("authorization");
  });
});

describe("the source of an upload is ended when middleware does not send it", () => {
  const ownAnswer = () => Response.json({ version: 1 });
  test.each<[string, Middleware]>([
    ["because it answers", { onRequest: ownAnswer }],
    [
      "because it throws",
      {
        onRequest() {
          throw new TypeError("own failure");
        },
      },
    ],
    ["because it never settles", { onRequest: () => new Promise<never>(() => {}) }],
    [
      "because it sends another body",
      { onRequest: ({ request }) => new Request(request.url, { method: "POST", body: "other" }) },
    ],
  ])("%s", async (_, middleware) => {
    await using server = await answering(200, "{}");
    const client = clientOf(server, { middleware: [middleware] });
    const body = new Readable({ read() {} });
    const signal = AbortSignal.timeout(200);
    await client.createConnectorCustomizerVersion({ id, body }, { signal }).catch(() => {});
    await vi.waitFor(() => expect(body.destroyed).toBe(true));
  });
});

test("a GET that middleware turns into a POST is not sent again", async () => {
  await using server = await answering(503, "{}", { "Retry-After": "0" });
  const client = clientOf(server, { retries: 2 });
  client.use({ onRequest: ({ request }) => new Request(request, { method: "POST", body: "search" }) });
  await expect(client.listConnectorCustomizers()).rejects.toThrow("503");
  expect(server.requests.map(({ method }) => method)).toEqual(["POST"]);
});

test("the caller's signal ends a request that middleware makes without it", async () => {
  const controller = new AbortController();
  await using server = await startServer(() => controller.abort());
  const client = clientOf(server);
  client.use({ onRequest: ({ request }) => new Request(request.url) });
  const call = client.listConnectorCustomizers({}, { signal: controller.signal, totalTimeout: 2000 });
  await expect(call).rejects.toThrow("aborted");
});

test("the token of the client replaces one that middleware sets", async () => {
  await using server = await answering(200, "[]");
  const client = clientOf(server);
  client.use({ onRequest: ({ request }) => request.headers.set("Authorization", "Bearer other") });
  await client.listConnectorCustomizers();
  expect(server.requests[0]?.headers.authorization).toBe("Bearer test-token");
});
