import { request } from "node:http";
import type { OutgoingHttpHeaders } from "node:http";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json as readJson, text as readText } from "node:stream/consumers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startMockTenant } from "../src/index.ts";
import { EXAMPLE_ID, errorTexts, json, testTenant, zip } from "./tenant.ts";
import type { TestTenant } from "./tenant.ts";
import { credentials } from "./token.ts";

const COLLECTION = "/v2024/connector-customizers";
const CUSTOMIZER = `${COLLECTION}/${EXAMPLE_ID}`;
const VERSIONS = `${CUSTOMIZER}/versions`;

afterEach(() => vi.unstubAllEnvs());

describe("an error has its documented body and a unique trackingId:", () => {
  const trackingId: unknown = expect.stringMatching(/^[0-9a-f]{32}$/);
  const text: unknown = expect.stringMatching(/\w/);
  const dto = (detailCode: string) => ({
    detailCode,
    trackingId,
    messages: [{ locale: "en-US", localeOrigin: "DEFAULT", text }],
    causes: [],
  });
  const big = "x".repeat(1024 * 1024);

  type Send = (tenant: TestTenant) => Promise<Response>;
  test.each<[string, number, unknown, Send]>([
    [
      "a bad parameter",
      400,
      dto("400.1 Bad Request Content"),
      ({ call }) => call("GET", `${COLLECTION}?limit=-1`),
    ],
    ["a bad body", 400, dto("400.1 Bad Request Content"), ({ call }) => call("POST", COLLECTION, json([]))],
    [
      "a body that is not a zip",
      400,
      dto("400.1 Bad Request Content"),
      ({ call }) => call("POST", VERSIONS, { body: new Uint8Array(9) }),
    ],
    ["no token", 401, { error: text, trackingId }, ({ mock }) => fetch(mock.baseUrl + COLLECTION)],
    [
      "a bad token",
      401,
      { error: text, trackingId },
      ({ call }) => call("DELETE", CUSTOMIZER, { headers: { Authorization: "Bearer x" } }),
    ],
    ["an unknown id", 404, dto("404 Not found"), ({ call }) => call("GET", `${COLLECTION}/unknown`)],
    ["an unknown path", 404, dto("404 Not found"), ({ call }) => call("GET", "/v2024/unknown")],
    [
      "an unknown version",
      404,
      dto("404 Not found"),
      ({ call }) => call("GET", "/v2023/connector-customizers"),
    ],
    ["another method", 405, dto("405 Method Not Allowed"), ({ call }) => call("PATCH", COLLECTION)],
    [
      "another method for tokens",
      405,
      dto("405 Method Not Allowed"),
      ({ call }) => call("GET", "/oauth/token"),
    ],
    ["a large body", 413, dto("413 Content Too Large"), ({ call }) => call("POST", COLLECTION, json(big))],
    [
      "a large form",
      413,
      dto("413 Content Too Large"),
      ({ call }) => call("POST", "/oauth/token", { body: new URLSearchParams({ big }) }),
    ],
    ["an unknown admin route", 404, dto("404 Not found"), ({ call }) => call("GET", "/_mock/unknown")],
  ])("%s, %i", async (_, status, body, send) => {
    await using tenant = await testTenant({ seed: 1 });
    const ids = new Set<unknown>();
    for (let n = 0; n < 2; n++) {
      const response = await send(tenant);
      expect(response.status).toBe(status);
      expect(response.headers.get("content-type")).toBe("application/json");
      const found: { trackingId: unknown } = JSON.parse(await response.text());
      expect(found).toEqual(body);
      ids.add(found.trackingId);
    }
    expect(ids.size).toBe(2);
  });

  test("a missing scope, 403", async () => {
    await using tenant = await testTenant({ scopes: [] });
    const response = await tenant.call("GET", COLLECTION);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual(dto("403 Forbidden"));
  });

  test("the rate limit, 429", async () => {
    await using tenant = await testTenant({ rateLimit: { requests: 1, seconds: 3600 } });
    await tenant.call("GET", COLLECTION);
    const response = await tenant.call("GET", COLLECTION);
    expect(response.status).toBe(429);
    expect(await response.json()).toEqual({ message: text, trackingId });
  });

  test("a failure of the mock tenant, 500", async () => {
    await using tenant = await testTenant({ seed: 1 });
    vi.stubEnv("TMPDIR", join(tmpdir(), "missing", "folder"));
    const response = await tenant.call("POST", VERSIONS, { body: zip() });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual(dto("500.0 Internal Fault"));
  });
});

/** Sends a head and, optionally, the start of a body that never ends. */
function begin(
  { mock, token }: TestTenant,
  path: string,
  headers: OutgoingHttpHeaders,
  start?: Uint8Array,
): Promise<{ status: number | undefined; connection: string | undefined; body: unknown }> {
  return new Promise((resolve, reject) => {
    const options = { method: "POST", headers: { Authorization: `Bearer ${token}`, ...headers } };
    const sent = request(mock.baseUrl + path, options, (response) => {
      readJson(response).then((body) => {
        resolve({ status: response.statusCode, connection: response.headers.connection, body });
        sent.destroy();
      }, reject);
    });
    sent.on("error", reject);
    if (start === undefined) sent.flushHeaders();
    else sent.write(start);
  });
}

describe("maxUploadSize", () => {
  const size = zip().length;
  const tooLarge = { messages: [{ text: `The body is larger than ${size} bytes.` }] };

  test("a body is refused by its Content-Length before any of it arrives", async () => {
    await using tenant = await testTenant({ seed: 1, maxUploadSize: size });
    for (const path of [VERSIONS, COLLECTION]) {
      const reply = await begin(tenant, path, { "Content-Length": size + 1 });
      expect(reply).toMatchObject({ status: 413, connection: "close", body: tooLarge });
      expect(tenant.mock.requests.at(-1)).toMatchObject({ status: 413, size: 0 });
    }
  });

  test("a chunked body is refused as soon as it is too large, before its end", async () => {
    const temporary = await mkdtemp(join(tmpdir(), "errors-test-"));
    vi.stubEnv("TMPDIR", temporary);
    {
      await using tenant = await testTenant({ seed: 1, maxUploadSize: size });
      const start = new Uint8Array(size + 1);
      for (const path of [VERSIONS, COLLECTION]) {
        const reply = await begin(tenant, path, { "Transfer-Encoding": "chunked" }, start);
        expect(reply).toMatchObject({ status: 413, body: tooLarge });
        expect(tenant.mock.requests.at(-1)?.size).toBe(size + 1);
      }
      const customizer: unknown = await (await tenant.call("GET", CUSTOMIZER)).json();
      expect(customizer).toHaveProperty("imageVersion", 2);
      expect(tenant.mock.versions).toEqual([]);
      // Only the tenant's folder is left; the refused upload left no file.
      for (const folder of await readdir(temporary))
        expect(await readdir(join(temporary, folder))).toEqual([]);
    }
    expect(await readdir(temporary)).toEqual([]);
    await rm(temporary, { recursive: true });
  });

  test("the refusal reaches a client that sends the whole body before it reads", async () => {
    await using tenant = await testTenant({ seed: 1, maxUploadSize: size });
    const length = 32 * 1024 * 1024;
    const socket = connect(Number(new URL(tenant.mock.baseUrl).port), "127.0.0.1");
    socket.write(
      `POST ${VERSIONS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tenant.token}\r\nContent-Length: ${length}\r\n\r\n`,
    );
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.write(new Uint8Array(length), () => resolve());
    });
    expect(await readText(socket)).toMatch(/^HTTP\/1\.1 413 /);
  });

  test("a body of exactly that size is accepted, chunked or not", async () => {
    await using tenant = await testTenant({ seed: 1, maxUploadSize: size });
    const stream = new Blob([zip()]).stream();
    expect((await tenant.call("POST", VERSIONS, { body: zip() })).status).toBe(200);
    expect((await tenant.call("POST", VERSIONS, { body: stream, duplex: "half" })).status).toBe(200);
    expect(tenant.mock.versions).toHaveLength(2);
  });

  test("a limit of 0 allows only an empty body", async () => {
    await using tenant = await testTenant({ seed: 1, maxUploadSize: 0 });
    expect((await tenant.call("POST", VERSIONS)).status).toBe(200);
    const refused = await tenant.call("POST", VERSIONS, { body: zip() });
    expect(refused.status).toBe(413);
    expect(await errorTexts(refused)).toEqual(["The body is larger than 0 bytes."]);
  });

  test("a body of an operation without a request body is ignored", async () => {
    await using tenant = await testTenant({ seed: 1, maxUploadSize: 0 });
    expect((await tenant.call("DELETE", CUSTOMIZER, { body: "x" })).status).toBe(204);
  });

  test("the token endpoint still works", async () => {
    await using mock = await startMockTenant({ maxUploadSize: 0 });
    const init = { method: "POST", body: credentials(mock) };
    expect((await fetch(`${mock.baseUrl}/oauth/token`, init)).status).toBe(200);
  });

  test.each([-1, 1.5, Number.NaN, -Infinity])("%d is out of range", async (maxUploadSize) => {
    await expect(startMockTenant({ maxUploadSize })).rejects.toThrow(RangeError);
  });
});

test("every operation ignores an unknown query parameter", async () => {
  await using tenant = await testTenant({ seed: 1 });
  const query = "?count=true&limit[]=x&toString=1&__proto__=2&=3&%=4";
  for (const [method, path, status, init] of [
    ["POST", COLLECTION, 201, json({ name: "A" })],
    ["GET", COLLECTION, 200],
    ["GET", CUSTOMIZER, 200],
    ["PUT", CUSTOMIZER, 200, json({ name: "B" })],
    ["POST", VERSIONS, 200, { body: zip() }],
    ["DELETE", CUSTOMIZER, 204],
    ["GET", "/beta/connector-instances", 200],
    ["GET", "/oauth/info", 200],
    ["POST", "/oauth/token", 200, { body: credentials(tenant.mock) }],
    ["GET", "/", 200],
    ["GET", "/_mock/faults", 200],
  ] as [string, string, number, RequestInit?][])
    expect([path, (await tenant.call(method, path + query, init)).status]).toEqual([path, status]);
});

test("every time is in RFC 3339", async () => {
  const rfc3339: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  await using tenant = await testTenant({ seed: 2 });
  const read = async (response: Promise<Response>): Promise<unknown> => (await response).json();
  for (const version of ["v2024", "beta"]) {
    const collection = `/${version}/connector-customizers`;
    const created = { created: rfc3339 };
    expect(await read(tenant.call("POST", collection, json({})))).toMatchObject(created);
    expect(await read(tenant.call("GET", `${collection}/${EXAMPLE_ID}`))).toMatchObject(created);
    expect(await read(tenant.call("PUT", `${collection}/${EXAMPLE_ID}`))).toMatchObject(created);
    expect(await read(tenant.call("POST", `${collection}/${EXAMPLE_ID}/versions`))).toMatchObject(created);
    expect(await read(tenant.call("GET", `${collection}?limit=2`))).toMatchObject([created, created]);
  }
});
