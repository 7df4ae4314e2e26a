import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, test, vi } from "vitest";
import { InvalidFaultError, startMockTenant } from "../src/index.ts";
import type { Fault } from "../src/index.ts";
import { rawRequest } from "./raw-request.ts";
import { EXAMPLE_ID, errorTexts, json, testTenant } from "./tenant.ts";
import type { TestTenant } from "./tenant.ts";
import { accessToken, credentials } from "./token.ts";

const COLLECTION = "/v2024/connector-customizers";
const CUSTOMIZER = `${COLLECTION}/${EXAMPLE_ID}`;
const HOUR = 3_600_000;
const TRACKING_ID: unknown = expect.stringMatching(/^[0-9a-f]{32}$/);

async function names({ call }: TestTenant): Promise<unknown[]> {
  const page: { name: unknown }[] = JSON.parse(await (await call("GET", COLLECTION)).text());
  return page.map(({ name }) => name);
}

const create = ({ call }: TestTenant) => call("POST", COLLECTION, json({ name: "A" }));

/** Collects the chunks of a body until it ends or fails. */
async function received(
  response: Response,
): Promise<{ chunks: Uint8Array[]; bytes: Buffer; error: unknown }> {
  const chunks: Uint8Array[] = [];
  let error: unknown;
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk);
  } catch (thrown) {
    error = thrown;
  }
  return { chunks, bytes: Buffer.concat(chunks), error };
}

/** The three ways of switching a fault on, each with a new tenant. */
const WAYS: [string, (fault: Fault) => Promise<TestTenant>][] = [
  ["by option", (fault) => testTenant({ seed: 1, faults: [fault] })],
  [
    "by faults",
    async (fault) => {
      const tenant = await testTenant({ seed: 1 });
      tenant.mock.faults.add(fault);
      return tenant;
    },
  ],
  [
    "by route",
    async (fault) => {
      const tenant = await testTenant({ seed: 1 });
      const added = await fetch(`${tenant.mock.baseUrl}/_mock/faults`, { method: "POST", ...json(fault) });
      expect(added.status).toBe(201);
      return tenant;
    },
  ],
];

describe.each(WAYS)("a fault that is switched on %s:", (_, tenantWith) => {
  test("status, with the documented body and no effect", async () => {
    await using tenant = await tenantWith({ kind: "status", status: 503 });
    const response = await create(tenant);
    expect(response.status).toBe(503);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.has("retry-after")).toBe(false);
    expect(await response.json()).toEqual({
      detailCode: "503 Service Unavailable",
      trackingId: TRACKING_ID,
      messages: [{ locale: "en-US", localeOrigin: "DEFAULT", text: expect.stringMatching(/\w/) }],
      causes: [],
    });
    expect(tenant.mock.requests.at(-1)).toMatchObject({ status: 503, fault: "status" });
    expect(await names(tenant)).toEqual(["My Custom Connector"]);
  });

  test("delay, then the right response", async () => {
    await using tenant = await tenantWith({ kind: "delay", milliseconds: 50 });
    expect((await create(tenant)).status).toBe(201);
    // A timer may fire a millisecond early.
    expect(tenant.mock.requests.at(-1)?.duration).toBeGreaterThan(48);
    expect(tenant.mock.requests.at(-1)?.fault).toBe("delay");
    expect(await names(tenant)).toEqual(["My Custom Connector", "A"]);
  });

  test("slow body, in pieces and complete", async () => {
    await using tenant = await tenantWith({ kind: "slow-body", milliseconds: 300 });
    const response = await tenant.call("GET", CUSTOMIZER);
    expect(response.status).toBe(200);
    const { chunks, bytes, error } = await received(response);
    expect(error).toBeUndefined();
    expect(chunks.length).toBeGreaterThan(1);
    expect(bytes.length).toBe(Number(response.headers.get("content-length")));
    expect(JSON.parse(bytes.toString())).toEqual(await (await tenant.call("GET", CUSTOMIZER)).json());
    expect(tenant.mock.requests.at(-2)?.fault).toBe("slow-body");
  });

  test("a connection dropped before the effect", async () => {
    await using tenant = await tenantWith({ kind: "drop", when: "before" });
    await expect(create(tenant)).rejects.toThrow(TypeError);
    expect(tenant.mock.requests.at(-1)).toMatchObject({ status: undefined, fault: "drop" });
    expect(await names(tenant)).toEqual(["My Custom Connector"]);
  });

  test("a connection dropped after the effect", async () => {
    await using tenant = await tenantWith({ kind: "drop", when: "after" });
    await expect(create(tenant)).rejects.toThrow(TypeError);
    expect(tenant.mock.requests.at(-1)).toMatchObject({ status: undefined, fault: "drop" });
    expect(await names(tenant)).toEqual(["My Custom Connector", "A"]);
  });

  test("truncated body, of fewer bytes than announced", async () => {
    await using tenant = await tenantWith({ kind: "truncated-body" });
    const response = await create(tenant);
    expect(response.status).toBe(201);
    const { bytes, error } = await received(response);
    expect(error).toBeInstanceOf(TypeError);
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.length).toBeLessThan(Number(response.headers.get("content-length")));
    expect(await names(tenant)).toEqual(["My Custom Connector", "A"]);
    expect(tenant.mock.requests.at(-2)?.fault).toBe("truncated-body");
  });

  test("malformed JSON, transferred completely", async () => {
    await using tenant = await tenantWith({ kind: "malformed-json" });
    const response = await create(tenant);
    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("application/json");
    const { bytes, error } = await received(response);
    expect(error).toBeUndefined();
    expect(bytes.length).toBe(Number(response.headers.get("content-length")));
    expect(() => JSON.parse(bytes.toString())).toThrow(SyntaxError);
    expect(await names(tenant)).toEqual(["My Custom Connector", "A"]);
    expect(tenant.mock.requests.at(-2)?.fault).toBe("malformed-json");
  });

  test("an HTML error page and no effect", async () => {
    await using tenant = await tenantWith({ kind: "html" });
    const response = await create(tenant);
    expect(response.status).toBe(502);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await response.text()).toMatch(/^<!DOCTYPE html>/);
    expect(tenant.mock.requests.at(-1)?.fault).toBe("html");
    expect(await names(tenant)).toEqual(["My Custom Connector"]);
  });

  test("a wrong content type around the right body", async () => {
    await using tenant = await tenantWith({ kind: "content-type" });
    const response = await create(tenant);
    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(await response.json()).toMatchObject({ name: "A" });
    expect(tenant.mock.requests.at(-1)?.fault).toBe("content-type");
  });

  test("expired tokens, until the client gets a new one", async () => {
    await using tenant = await tenantWith({ kind: "expired-tokens" });
    const hit = await tenant.call("GET", COLLECTION);
    expect(hit.status).toBe(401);
    expect(await hit.json()).toEqual({ error: "The token has expired.", trackingId: TRACKING_ID });
    expect(tenant.mock.requests.at(-1)?.fault).toBe("expired-tokens");
    expect((await tenant.call("GET", COLLECTION)).status).toBe(401);
    const headers = { Authorization: `Bearer ${await accessToken(tenant.mock)}` };
    expect((await tenant.call("GET", COLLECTION, { headers })).status).toBe(200);
  });

  test("an error from the token endpoint", async () => {
    await using tenant = await tenantWith({ kind: "status", status: 503, match: { path: "/oauth/token" } });
    const url = `${tenant.mock.baseUrl}/oauth/token`;
    if ((await tenant.call("GET", COLLECTION)).status === 401) {
      // With the option, the fault hits the token request of the test itself.
      expect(tenant.mock.requests[0]).toMatchObject({ path: "/oauth/token", status: 503, fault: "status" });
    } else {
      const refused = await fetch(url, { method: "POST", body: credentials(tenant.mock) });
      expect(refused.status).toBe(503);
      expect(await refused.json()).toEqual({
        error: "temporarily_unavailable",
        error_description: expect.stringMatching(/\w/),
      });
      expect(tenant.mock.requests.at(-1)).toMatchObject({ path: "/oauth/token", fault: "status" });
    }
    expect((await fetch(url, { method: "POST", body: credentials(tenant.mock) })).status).toBe(200);
  });
});

describe("a status", () => {
  test.each<[string, Fault, number, string | null, unknown]>([
    [
      "with JSON",
      { kind: "status", status: 418, body: { tea: ["pot"] } },
      418,
      "application/json",
      '{"tea":["pot"]}',
    ],
    ["with null", { kind: "status", status: 200, body: null }, 200, "application/json", "null"],
    [
      "with a text",
      { kind: "status", status: 500, body: "oops ü" },
      500,
      "text/plain; charset=utf-8",
      "oops ü",
    ],
    ["of success", { kind: "status", status: 200 }, 200, null, ""],
    ["without content", { kind: "status", status: 204, body: "none" }, 204, "text/plain; charset=utf-8", ""],
    [
      "with headers of its own",
      { kind: "status", status: 500, body: "<a/>", headers: { "content-type": "text/xml", "X-A": "b" } },
      500,
      "text/xml",
      "<a/>",
    ],
  ])("%s is sent unchanged", async (_, fault, status, type, body) => {
    await using tenant = await testTenant({ faults: [fault] });
    const response = await tenant.call("GET", COLLECTION);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe(type);
    expect(await response.text()).toBe(body);
    expect((await tenant.call("GET", COLLECTION)).status).toBe(200);
  });

  test("401 and 429 have their documented bodies", async () => {
    await using tenant = await testTenant({
      faults: [
        { kind: "status", status: 401 },
        { kind: "status", status: 429, retryAfter: 7 },
      ],
    });
    const message: unknown = expect.stringMatching(/\w/);
    const unauthorized = await tenant.call("GET", COLLECTION);
    expect(unauthorized.status).toBe(401);
    expect(await unauthorized.json()).toEqual({ error: message, trackingId: TRACKING_ID });
    const limited = await tenant.call("GET", COLLECTION);
    expect(limited.status).toBe(429);
    expect(await limited.json()).toEqual({ message, trackingId: TRACKING_ID });
  });

  test("has a Retry-After in seconds", async () => {
    await using tenant = await testTenant({ faults: [{ kind: "status", status: 429, retryAfter: 7 }] });
    expect((await tenant.call("GET", COLLECTION)).headers.get("retry-after")).toBe("7");
  });

  test("has a Retry-After as a date", async () => {
    await using tenant = await testTenant({
      faults: [{ kind: "status", status: 503, retryAfter: 90, retryAfterFormat: "date" }],
    });
    const before = Date.now();
    const date = (await tenant.call("GET", COLLECTION)).headers.get("retry-after") ?? "";
    // https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
    expect(date).toMatch(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
    // A date has whole seconds.
    expect(Date.parse(date)).toBeGreaterThan(before + 89_000);
    expect(Date.parse(date)).toBeLessThanOrEqual(Date.now() + 90_000);
  });

  test("has each header once, in any case", async () => {
    await using mock = await startMockTenant({
      faults: [
        {
          kind: "status",
          status: 500,
          retryAfter: 1,
          headers: { "content-type": "a/b", "retry-after": "2" },
        },
      ],
    });
    const socket = connect(Number(new URL(mock.baseUrl).port), "127.0.0.1");
    socket.write(`GET ${COLLECTION} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const reply = await text(socket);
    expect(reply.match(/^content-type: .*$/gim)).toEqual(["content-type: a/b"]);
    expect(reply.match(/^retry-after: .*$/gim)).toEqual(["retry-after: 2"]);
  });
});

test("an HTML page may have another status, and a response any content type", async () => {
  await using tenant = await testTenant({
    faults: [
      { kind: "html", status: 200 },
      { kind: "content-type", contentType: "application/xml" },
    ],
  });
  const page = await tenant.call("GET", COLLECTION);
  expect(page.status).toBe(200);
  expect(await page.text()).toMatch(/<html>/);
  expect((await tenant.call("GET", COLLECTION)).headers.get("content-type")).toBe("application/xml");
});

describe("a response without a body", () => {
  test.each<[Fault, number, boolean]>([
    [{ kind: "malformed-json" }, 204, true],
    [{ kind: "content-type" }, 204, true],
    [{ kind: "slow-body", milliseconds: 9 }, 204, true],
    [{ kind: "html" }, 502, false],
    [{ kind: "html", status: 204 }, 204, false],
  ])("is complete under %j", async (fault, status, effective) => {
    await using tenant = await testTenant({ seed: 1, faults: [fault] });
    const response = await tenant.call("DELETE", CUSTOMIZER);
    expect(response.status).toBe(status);
    const { bytes, error } = await received(response);
    expect(error).toBeUndefined();
    if (status === 204) expect(bytes).toHaveLength(0);
    expect(tenant.mock.requests.at(-1)?.fault).toBe(fault.kind);
    // On the same connection, to show that no body is left on it.
    expect(await names(tenant)).toHaveLength(effective ? 0 : 1);
  });

  test("is not sent under a truncated body", async () => {
    await using tenant = await testTenant({ seed: 1, faults: [{ kind: "truncated-body" }] });
    await expect(tenant.call("DELETE", CUSTOMIZER)).rejects.toThrow(TypeError);
    expect(tenant.mock.requests.at(-1)).toMatchObject({ status: undefined, fault: "truncated-body" });
    expect(await names(tenant)).toEqual([]);
  });
});

test("a fault also changes a refusal", async () => {
  await using tenant = await testTenant({
    faults: [{ kind: "malformed-json" }, { kind: "content-type" }, { kind: "truncated-body" }],
  });
  const malformed = await tenant.call("GET", CUSTOMIZER);
  expect(malformed.status).toBe(404);
  await expect(malformed.json()).rejects.toThrow(SyntaxError);
  const mistyped = await tenant.call("GET", CUSTOMIZER);
  expect(mistyped.headers.get("content-type")).toBe("text/plain");
  expect(await errorTexts(mistyped)).toHaveLength(1);
  const truncated = await tenant.call("GET", CUSTOMIZER);
  expect(truncated.status).toBe(404);
  expect((await received(truncated)).error).toBeInstanceOf(TypeError);
});

describe("a reply that takes an hour", () => {
  const isHit = (tenant: TestTenant) =>
    vi.waitUntil(() => tenant.mock.faults.active[0]?.hits === 1, { timeout: 60_000 });

  test("because of a delay ends when the tenant closes, without an effect", async () => {
    await using tenant = await testTenant({ faults: [{ kind: "delay", milliseconds: HOUR, times: 2 }] });
    const { requests, faults } = tenant.mock;
    const late = create(tenant);
    await isHit(tenant);
    faults.clear();
    expect(await names(tenant)).toEqual([]);
    await Promise.all([expect(late).rejects.toThrow(TypeError), tenant.mock.close()]);
    expect(requests.at(-1)).toMatchObject({ method: "POST", status: undefined, fault: "delay" });
  });

  test("because of a delay ends when the client disconnects, without an effect", async () => {
    await using tenant = await testTenant({ faults: [{ kind: "delay", milliseconds: HOUR, times: 2 }] });
    const { requests, faults } = tenant.mock;
    const client = new AbortController();
    const late = tenant.call("POST", COLLECTION, { ...json({ name: "A" }), signal: client.signal });
    await isHit(tenant);
    faults.clear();
    client.abort();
    await expect(late).rejects.toHaveProperty("name", "AbortError");
    await vi.waitUntil(() => requests.length === 2, { timeout: 60_000 });
    expect(requests[1]).toMatchObject({ method: "POST", status: undefined, fault: "delay" });
    expect(await names(tenant)).toEqual([]);
  });

  test("because of a delay ends for pipelined requests, too", async () => {
    const mock = await startMockTenant({ faults: [{ kind: "delay", milliseconds: HOUR, times: 3 }] });
    const socket = connect(Number(new URL(mock.baseUrl).port), "127.0.0.1").on("error", () => {});
    socket.write(`GET ${COLLECTION} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(2));
    await vi.waitUntil(() => mock.faults.active[0]?.hits === 2, { timeout: 60_000 });
    await mock.close();
    expect(mock.requests.map(({ status, fault }) => [status, fault])).toEqual([
      [undefined, "delay"],
      [undefined, "delay"],
    ]);
  });

  test("because of a slow body ends when the tenant closes, after its first piece", async () => {
    await using tenant = await testTenant({
      seed: 1,
      faults: [{ kind: "slow-body", milliseconds: HOUR }],
    });
    const response = await tenant.call("GET", CUSTOMIZER);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.length).toBeGreaterThan(0);
    expect(first?.value?.length).toBeLessThan(Number(response.headers.get("content-length")) / 2);
    const rest = expect(reader?.read()).rejects.toThrow(TypeError);
    await tenant.mock.close();
    await rest;
  });

  test("because of a slow body ends when the client disconnects, and the tenant keeps serving", async () => {
    await using tenant = await testTenant({ seed: 1, faults: [{ kind: "slow-body", milliseconds: HOUR }] });
    const response = await tenant.call("GET", CUSTOMIZER);
    await response.body?.cancel();
    expect(await names(tenant)).toEqual(["My Custom Connector"]);
  });
});

test("a drop before an upload does not wait for its body", async () => {
  await using mock = await startMockTenant({ seed: 1, faults: [{ kind: "drop", when: "before" }] });
  const socket = connect(Number(new URL(mock.baseUrl).port), "127.0.0.1").on("error", () => {});
  socket.write(`POST ${CUSTOMIZER}/versions HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\nPK`);
  await once(socket, "close");
  expect(mock.requests).toMatchObject([{ status: undefined, fault: "drop" }]);
});

describe("an invalid fault", () => {
  const status = { kind: "status", status: 500 };
  const invalid: [unknown, RegExp][] = [
    [undefined, /must be object/],
    [null, /must be object/],
    ["drop", /must be object/],
    [[], /must be object|"kind"/],
    [{}, /"kind" must be one of status, delay, slow-body, drop, truncated-body, malformed-json, html, /],
    [{ kind: "chaos" }, /"kind" must be one of status, /],
    [{ kind: "status" }, /must have required property 'status'/],
    [{ ...status, status: 199 }, /\/status must be >= 200/],
    [{ ...status, status: 600 }, /\/status must be <= 599/],
    [{ ...status, status: "500" }, /\/status must be integer/],
    [{ ...status, retryAfter: -1 }, /\/retryAfter must be >= 0/],
    [{ ...status, retryAfter: 0.5 }, /\/retryAfter must be integer/],
    [{ ...status, retryAfterFormat: "date" }, /retryAfter/],
    [{ ...status, retryAfter: 1, retryAfterFormat: "iso" }, /\/retryAfterFormat .*seconds.*date/],
    [{ ...status, headers: { "X A": "b" } }, /\/headers .*\("X A"\)/],
    [{ ...status, headers: { "X-A": "b\r\nX-B: c" } }, /\/headers\/X-A/],
    [{ ...status, headers: { "X-A": "名" } }, /\/headers\/X-A/],
    [{ ...status, headers: { "content-length": "5" } }, /\/headers .*\("content-length"\)/],
    [{ ...status, headers: { Trailer: "X-A" } }, /\/headers .*\("Trailer"\)/],
    [{ ...status, headers: { "Transfer-Encoding": "chunked" } }, /\/headers .*\("Transfer-Encoding"\)/],
    [{ ...status, millisecond: 1 }, /additional properties \("millisecond"\)/],
    [{ ...status, times: 0 }, /\/times must be >= 1/],
    [{ ...status, times: 1.5 }, /\/times must be integer/],
    [{ ...status, probability: 0 }, /\/probability must be > 0/],
    [{ ...status, probability: 1.1 }, /\/probability must be <= 1/],
    [{ ...status, seed: "a" }, /\/seed must be integer/],
    [{ ...status, match: { method: "get" } }, /\/match\/method .*"GET","PUT".*; got "get"/],
    [{ ...status, match: { operationId: "" } }, /\/match\/operationId/],
    [
      { ...status, match: { operationId: "listCustomizers" } },
      /unknown operationId "listCustomizers" in \/match\. The API has: .*listConnectorCustomizers/,
    ],
    [
      { ...status, match: { apiVersion: "2024" } },
      /unknown apiVersion "2024" in \/match\. The API has: .*v2024.*v1/,
    ],
    [{ ...status, match: { url: "/" } }, /\/match .*\("url"\)/],
    [{ kind: "delay" }, /must have required property 'milliseconds'/],
    [{ kind: "delay", milliseconds: -1 }, /\/milliseconds must be >= 0/],
    [{ kind: "slow-body", milliseconds: 2 ** 31 }, /\/milliseconds must be <= 2147483647/],
    [{ kind: "drop" }, /must have required property 'when'/],
    [{ kind: "drop", when: "during" }, /\/when .*before.*after/],
    [{ kind: "html", status: 100 }, /\/status must be >= 200/],
    [{ kind: "content-type", contentType: "a\nb" }, /\/contentType/],
    [{ kind: "expired-tokens", milliseconds: 5 }, /milliseconds/],
  ];

  test.each(invalid)("%j is refused in every way of adding it", async (fault, message) => {
    await using tenant = await testTenant();
    expect(() => tenant.mock.faults.add(fault as Fault)).toThrow(InvalidFaultError);
    expect(() => tenant.mock.faults.add(fault as Fault)).toThrow(message);
    await expect(startMockTenant({ faults: [fault as Fault] })).rejects.toThrow(InvalidFaultError);
    const response = await fetch(`${tenant.mock.baseUrl}/_mock/faults`, { method: "POST", ...json(fault) });
    expect(response.status).toBe(400);
    expect((await errorTexts(response)).join()).toMatch(message);
    expect(tenant.mock.faults.active).toEqual([]);
  });

  test("a body that JSON cannot represent is refused", async () => {
    await using tenant = await testTenant();
    for (const body of [1n, { deep: [1n] }])
      expect(() => tenant.mock.faults.add({ kind: "status", status: 500, body })).toThrow(InvalidFaultError);
  });
});

test("a later change of the fault object has no effect", async () => {
  await using tenant = await testTenant();
  const fault = { kind: "status" as const, status: 500, headers: { "X-A": "1" }, times: 2 };
  tenant.mock.faults.add(fault);
  fault.status = 200;
  fault.headers["X-A"] = "2";
  const response = await tenant.call("GET", COLLECTION);
  expect([response.status, response.headers.get("x-a")]).toEqual([500, "1"]);
});

test("no fault hits the page or an admin route", async () => {
  await using mock = await startMockTenant({
    faults: [{ kind: "status", status: 500, probability: 1, match: { path: "*" } }],
  });
  for (const path of ["/", "/_mock/faults", "/_mock/requests"])
    expect((await fetch(mock.baseUrl + path)).status).toBe(200);
  expect((await fetch(`${mock.baseUrl}/oauth/info`)).status).toBe(500);
  expect(mock.faults.active[0]?.hits).toBe(1);
});

test("every client sees a dropped connection", async () => {
  await using tenant = await testTenant({ faults: [{ kind: "drop", when: "before" }] });
  const sent = rawRequest(tenant.mock.baseUrl, "GET", COLLECTION, tenant.token);
  await expect(sent).rejects.toMatchObject({ code: "ECONNRESET" });
});
