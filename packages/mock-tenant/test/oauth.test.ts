import { describe, expect, test } from "vitest";
import { startMockTenant } from "../src/index.ts";
import { errorTexts, json, testTenant } from "./tenant.ts";
import { accessToken, credentials } from "./token.ts";

const COLLECTION = "/v2024/connector-customizers";

function multipart(form: URLSearchParams): FormData {
  const data = new FormData();
  for (const [name, value] of form) data.set(name, value);
  return data;
}

describe("the token endpoint", () => {
  test.each([
    ["a urlencoded body", "", (form: URLSearchParams) => form],
    ["multipart form data", "", multipart],
    [
      "grant_type in the query",
      "?grant_type=client_credentials",
      (form: URLSearchParams) => new URLSearchParams([...form].filter(([name]) => name !== "grant_type")),
    ],
  ])("accepts %s", async (_, query, encode) => {
    await using mock = await startMockTenant();
    const response = await fetch(`${mock.baseUrl}/oauth/token${query}`, {
      method: "POST",
      body: encode(credentials(mock)),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({
      access_token: expect.any(String),
      token_type: "bearer",
      expires_in: 749,
      scope: "sp:connector:read sp:connector:manage",
      tenant_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      pod: "mock",
    });
  });

  test("issues JWTs with their expiry time", async () => {
    const scopes = ["sp:connector:manage", "sp:connector:read"];
    await using mock = await startMockTenant({ tokenLifetime: 60, scopes });
    const before = Math.floor(Date.now() / 1000);
    const parts = (await accessToken(mock)).split(".");
    expect(parts).toHaveLength(3);
    const [header, payload] = parts
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
    expect(header).toEqual({ alg: "HS256", typ: "JWT" });
    expect(payload).toMatchObject({ client_id: mock.clientId, scope: scopes });
    expect(payload.exp - payload.iat).toBe(60);
    expect(payload.iat).toBeGreaterThanOrEqual(before);
  });

  test.each([
    [{ client_secret: "wrong" }, 401, "invalid_client"],
    [{ client_id: "wrong" }, 401, "invalid_client"],
    [{ grant_type: "password" }, 400, "unsupported_grant_type"],
    [{ grant_type: "" }, 400, "invalid_request"],
    [{ client_id: "" }, 400, "invalid_request"],
    [{ client_secret: "" }, 400, "invalid_request"],
  ])("refuses %j with %i %s", async (changed, status, error) => {
    await using mock = await startMockTenant();
    const body = new URLSearchParams({ ...Object.fromEntries(credentials(mock)), ...changed });
    const response = await fetch(`${mock.baseUrl}/oauth/token`, { method: "POST", body });
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({ error, error_description: expect.stringMatching(/\w/) });
    expect(text).not.toContain(mock.clientSecret);
    expect(text).not.toContain("wrong");
  });

  test.each([
    ["a repeated parameter", "?grant_type=client_credentials", undefined, undefined],
    ["JSON", "", "{}", "application/json"],
    ["no body", "?grant_type=client_credentials", "", "text/plain"],
    ["a broken multipart form", "", "--x\r\nbroken", "multipart/form-data; boundary=x"],
    ["a multipart form without a boundary", "", "a", "multipart/form-data"],
  ])("refuses %s as an invalid request", async (_, query, body, type) => {
    await using mock = await startMockTenant();
    const response = await fetch(`${mock.baseUrl}/oauth/token${query}`, {
      method: "POST",
      body: body ?? credentials(mock),
      headers: type === undefined ? {} : { "Content-Type": type },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty("error", "invalid_request");
  });

  test("refuses credentials in the query", async () => {
    await using mock = await startMockTenant();
    const response = await fetch(`${mock.baseUrl}/oauth/token?${credentials(mock).toString()}`, {
      method: "POST",
      body: new URLSearchParams(),
    });
    expect(response.status).toBe(400);
  });

  test("has no API version, and allows only POST", async () => {
    await using mock = await startMockTenant();
    const post = { method: "POST", body: credentials(mock) };
    expect((await fetch(`${mock.baseUrl}/v2024/oauth/token`, post)).status).toBe(404);
    expect((await fetch(`${mock.baseUrl}//oauth/token`, post)).status).toBe(404);
    const response = await fetch(`${mock.baseUrl}/oauth/token`);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  });
});

test("/oauth/info names the endpoints to anyone", async () => {
  await using mock = await startMockTenant();
  const response = await fetch(`${mock.baseUrl}/oauth/info`);
  expect(await response.json()).toMatchObject({
    tenantName: "mock",
    pod: "mock",
    authorizeEndpoint: `${mock.baseUrl}/oauth/authorize`,
    tokenEndpoint: `${mock.baseUrl}/oauth/token`,
  });
  expect((await fetch(`${mock.baseUrl}/oauth/info`, { method: "DELETE" })).headers.get("allow")).toBe("GET");
});

describe("an operation", () => {
  const unsigned = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const trackingId: unknown = expect.stringMatching(/^[0-9a-f]{32}$/);
  const forged = `${unsigned({ alg: "none" })}.${unsigned({ scope: ["sp:connector:read"], exp: 9e9 })}.`;

  test.each([
    ["no token", undefined, "The request has no bearer token."],
    ["another scheme", "Basic YTpi", "The Authorization header is not `Bearer <token>`."],
    ["an empty token", "Bearer ", "The Authorization header is not `Bearer <token>`."],
    ["a text that is not a JWT", "Bearer abc", "The token is malformed."],
    ["an unsigned token", `Bearer ${forged}`, "The token is malformed."],
    ["a badly signed token", `Bearer ${forged}AAAA`, "The token's signature is not this tenant's."],
  ])("refuses %s", async (_, authorization, error) => {
    await using mock = await startMockTenant();
    const headers: Record<string, string> =
      authorization === undefined ? {} : { Authorization: authorization };
    const response = await fetch(mock.baseUrl + COLLECTION, { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(await response.json()).toEqual({ error, trackingId });
  });

  test("refuses the token of another tenant", async () => {
    await using other = await startMockTenant();
    await using tenant = await testTenant({ clientId: other.clientId, clientSecret: other.clientSecret });
    const headers = { Authorization: `Bearer ${await accessToken(other)}` };
    expect((await tenant.call("GET", COLLECTION, { headers })).status).toBe(401);
    expect((await tenant.call("GET", COLLECTION)).status).toBe(200);
  });

  test("refuses an expired token", async () => {
    await using tenant = await testTenant({ tokenLifetime: 0 });
    const response = await tenant.call("GET", COLLECTION);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: "The token has expired.", trackingId });
  });

  test("refuses a token without the required scope, and names the scope", async () => {
    await using tenant = await testTenant({ scopes: ["sp:connector:read"] });
    expect((await tenant.call("GET", COLLECTION)).status).toBe(200);
    const response = await tenant.call("POST", COLLECTION, json({ name: "A" }));
    expect(response.status).toBe(403);
    expect(response.headers.get("www-authenticate")).toBe(
      'Bearer error="insufficient_scope", scope="sp:connector:manage"',
    );
    expect(await errorTexts(response)).toEqual(["The token lacks the scope sp:connector:manage."]);
    expect(await (await tenant.call("GET", COLLECTION)).json()).toEqual([]);
  });

  test("accepts the scheme's name in any case", async () => {
    await using tenant = await testTenant();
    const headers = { Authorization: `bearer ${tenant.token}` };
    expect((await tenant.call("GET", COLLECTION, { headers })).status).toBe(200);
  });
});
