import { describe, expect, test } from "vitest";
import { startMockTenant } from "../src/index.ts";
import type { MockTenant } from "../src/index.ts";
import { rawRequest } from "./raw-request.ts";
import { EXAMPLE_ID, errorTexts, json, testTenant, zip } from "./tenant.ts";

const COLLECTION = "/v2024/connector-customizers";
const FAIL = { kind: "status", status: 503, times: 2 };

const admin = (mock: MockTenant, method: string, route: string, init?: RequestInit) =>
  fetch(`${mock.baseUrl}/_mock/${route}`, { method, ...init });

describe("/_mock/faults", () => {
  test("switches faults on, lists them, and switches them off", async () => {
    await using tenant = await testTenant();
    const { mock } = tenant;
    expect(await (await admin(mock, "GET", "faults")).json()).toEqual([]);

    const added = await admin(mock, "POST", "faults", json(FAIL));
    expect(added.status).toBe(201);
    expect(await added.json()).toEqual({ id: "1", fault: FAIL, hits: 0 });
    const other = { kind: "drop", when: "after" };
    expect(await (await admin(mock, "POST", "faults", json(other))).json()).toMatchObject({ id: "2" });

    expect((await tenant.call("GET", COLLECTION)).status).toBe(503);
    const listed = await admin(mock, "GET", "faults");
    expect(listed.status).toBe(200);
    expect(await listed.json()).toEqual([
      { id: "1", fault: FAIL, hits: 1 },
      { id: "2", fault: other, hits: 0 },
    ]);
    expect(mock.faults.active).toHaveLength(2);

    const removed = await admin(mock, "DELETE", "faults/2");
    expect(removed.status).toBe(204);
    expect(await removed.text()).toBe("");
    const unknown = await admin(mock, "DELETE", "faults/2");
    expect(unknown.status).toBe(404);
    expect(await errorTexts(unknown)).toEqual(['No fault has the id "2".']);

    expect((await admin(mock, "DELETE", "faults")).status).toBe(204);
    expect(await (await admin(mock, "GET", "faults")).json()).toEqual([]);
    expect((await tenant.call("GET", COLLECTION)).status).toBe(200);
  });

  test.each([
    [
      "no content type",
      { body: new TextEncoder().encode(JSON.stringify(FAIL)) },
      /must be application\/json/,
    ],
    // A page of another origin could send this without a preflight.
    ["plain text", { body: JSON.stringify(FAIL) }, /must be application\/json/],
    ["malformed JSON", { ...json(1), body: "{" }, /not JSON in UTF-8/],
    ["no body", { ...json(1), body: "" }, /Invalid fault: it must be object/],
    ["a list", json([FAIL]), /Invalid fault/],
  ] satisfies [string, RequestInit, RegExp][])("refuses %s", async (_, init, message) => {
    await using mock = await startMockTenant();
    const response = await admin(mock, "POST", "faults", init);
    expect(response.status).toBe(400);
    expect((await errorTexts(response)).join()).toMatch(message);
    expect(mock.faults.active).toEqual([]);
  });

  test("refuses a body of more than 1 MiB", async () => {
    await using mock = await startMockTenant();
    const body = json({ ...FAIL, body: "x".repeat(1024 * 1024) });
    expect((await admin(mock, "POST", "faults", body)).status).toBe(413);
    expect(mock.faults.active).toEqual([]);
  });

  test("accepts a media type with parameters", async () => {
    await using mock = await startMockTenant();
    const headers = { "Content-Type": "Application/JSON; charset=utf-8" };
    expect((await admin(mock, "POST", "faults", { ...json(FAIL), headers })).status).toBe(201);
  });

  test("is not open to pages of other origins", async () => {
    await using mock = await startMockTenant();
    const preflight = await admin(mock, "OPTIONS", "faults", {
      headers: { Origin: "https://example.com", "Access-Control-Request-Method": "DELETE" },
    });
    expect(preflight.status).toBe(405);
    expect(preflight.headers.has("access-control-allow-origin")).toBe(false);
    expect(preflight.headers.has("access-control-allow-methods")).toBe(false);
  });
});

describe("/_mock/requests", () => {
  test("lists API requests with redacted secrets, and no admin requests", async () => {
    await using tenant = await testTenant({ clientSecret: "s3cret" });
    await tenant.call("GET", `${COLLECTION}?limit=1&client_secret=s3cret`);
    await tenant.call("GET", "/v2024/nothing");
    await fetch(tenant.mock.baseUrl);
    await admin(tenant.mock, "GET", "requests");
    const response = await admin(tenant.mock, "GET", "requests");
    expect(response.headers.get("content-type")).toBe("application/json");
    const text = await response.text();
    expect(text).not.toContain("s3cret");
    expect(text).not.toContain(tenant.token);
    expect(JSON.parse(text)).toEqual([
      {
        method: "POST",
        path: "/oauth/token",
        query: {},
        headers: expect.objectContaining({ "content-type": expect.stringContaining("urlencoded") }),
        size: expect.any(Number),
        status: 200,
        duration: expect.any(Number),
      },
      {
        method: "GET",
        path: COLLECTION,
        query: { limit: "1", client_secret: "[redacted]" },
        headers: expect.objectContaining({ authorization: "Bearer [redacted]" }),
        size: 0,
        status: 200,
        duration: expect.any(Number),
        apiVersion: "v2024",
        operationId: "listConnectorCustomizers",
      },
      expect.objectContaining({ path: "/v2024/nothing", status: 404 }),
    ]);
  });

  test("names the fault that hit a request", async () => {
    await using tenant = await testTenant({ faults: [{ kind: "drop", when: "before" }] });
    await expect(tenant.call("GET", COLLECTION)).rejects.toThrow(TypeError);
    const records: unknown = await (await admin(tenant.mock, "GET", "requests")).json();
    expect(records).toMatchObject([{ path: "/oauth/token" }, { fault: "drop" }]);
    expect(records).not.toHaveProperty("1.status");
  });
});

test.each([
  ["POST", "/", "GET"],
  ["PUT", "/", "GET"],
  ["POST", "/_mock/requests", "GET"],
  ["PUT", "/_mock/faults", "GET, POST, DELETE"],
  ["GET", "/_mock/faults/1", "DELETE"],
])("%s %s is not allowed", async (method, path, allow) => {
  await using mock = await startMockTenant();
  const response = await fetch(mock.baseUrl + path, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe(allow);
  expect(await errorTexts(response)).toEqual([`${method} is not allowed. Allowed: ${allow}.`]);
});

test.each([
  "/_mock",
  "/_mock/",
  "/_mock/other",
  "/_mock/faults/1/2",
  "/_mock/requests/1",
  "/_mock//faults",
  "/_mock/constructor",
])("%s is not found", async (path) => {
  await using mock = await startMockTenant();
  const response = await rawRequest(mock.baseUrl, "DELETE", path);
  expect(response.status).toBe(404);
  expect(JSON.parse(response.body)).toHaveProperty("trackingId", expect.stringMatching(/^[0-9a-f]{32}$/));
});

describe("the page", () => {
  test("shows customizers, versions, requests and switches, and no secret", async () => {
    await using tenant = await testTenant({ clientSecret: "s3cret", clientId: "me & you", seed: 1 });
    await tenant.call("POST", COLLECTION, json({ name: "<b>Bold</b>" }));
    await tenant.call("POST", `${COLLECTION}/${EXAMPLE_ID}/versions`, { body: zip() });
    await tenant.call("GET", `${COLLECTION}/%3Cscript%3E?token=s3cret&q=<script>`);
    const response = await fetch(tenant.mock.baseUrl);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const page = await response.text();
    expect(page).toMatch(/^<!DOCTYPE html>/);
    for (const part of [
      tenant.mock.baseUrl,
      "me &amp; you",
      EXAMPLE_ID,
      "My Custom Connector",
      "&lt;b&gt;Bold&lt;/b&gt;",
      `, ${zip().length} bytes, 2 entries`,
      "createConnectorCustomizerVersion",
      "500 from every operation",
    ])
      expect(page).toContain(part);
    expect(page).not.toContain("<b>");
    expect(page).not.toContain("s3cret");
    expect(page).not.toContain(tenant.token);
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  test("allows only its own script and style, and connections to its tenant", async () => {
    await using mock = await startMockTenant();
    const { headers } = await fetch(mock.baseUrl);
    expect(headers.get("cache-control")).toBe("no-store");
    const policy = headers.get("content-security-policy") ?? "";
    const directives = new Map(
      policy.split(";").map((directive) => {
        const [name = "", ...sources] = directive.trim().split(" ");
        return [name, sources.join(" ")];
      }),
    );
    expect(directives.get("default-src")).toBe("'none'");
    expect(directives.get("connect-src")).toBe("'self'");
    expect(directives.get("frame-ancestors")).toBe("'none'");
    expect(directives.get("script-src")).toMatch(/^'sha256-[\w+/]{43}='$/);
    expect(directives.get("style-src")).toMatch(/^'sha256-[\w+/]{43}='$/);
  });

  test("links to no other host", async () => {
    await using mock = await startMockTenant();
    const page = await (await fetch(mock.baseUrl)).text();
    expect(page.replaceAll(mock.baseUrl, "")).not.toMatch(/https?:|src=|url\(|@import/);
  });

  test("shows the last 50 customizers and requests, and the number of customizers", async () => {
    await using tenant = await testTenant({ seed: 60 });
    for (let n = 0; n < 60; n++) await (await tenant.call("GET", `${COLLECTION}/request-${n}`)).text();
    const page = await (await fetch(tenant.mock.baseUrl)).text();
    expect(page).toContain("Customizers (60)");
    expect(page).toContain("10 older customizers");
    expect(page.match(/>Customizer \d+</g)).toHaveLength(50);
    expect(page).toContain(">Customizer 60<");
    expect(page).not.toContain(">Customizer 10<");
    expect(page.indexOf(">Customizer 60<")).toBeLessThan(page.indexOf(">Customizer 11<"));
    expect(page.match(/request-\d+/g)).toHaveLength(50);
    expect(page.indexOf("request-59")).toBeLessThan(page.indexOf("request-10"));
  });

  test("says `None yet` without customizers and requests", async () => {
    await using mock = await startMockTenant();
    expect((await (await fetch(mock.baseUrl)).text()).match(/None yet\./g)).toHaveLength(2);
  });

  test("has a switch for another fault, and shows an active predefined fault as on", async () => {
    await using mock = await startMockTenant({
      faults: [
        { kind: "status", status: 500, probability: 1 },
        { kind: "status", status: 500, body: '"><script>alert(1)</script>', match: { path: "/x" } },
      ],
    });
    const page = await (await fetch(mock.baseUrl)).text();
    const switches = [...page.matchAll(/<input[^>]*>/g)].map(([input]) => input);
    expect(switches.filter((input) => / checked\b/.test(input))).toHaveLength(2);
    expect(switches.map((input) => /data-id="(.*?)"/.exec(input)?.[1])).toEqual(
      expect.arrayContaining(["1", "2", ""]),
    );
    expect(page).not.toContain("<script>alert");
  });
});
