import { expect, test } from "vitest";
import { startMockTenant } from "../src/index.ts";
import { RequestLog } from "../src/http/request-log.ts";
import { rawRequest } from "./raw-request.ts";
import { errorTexts, json, testTenant } from "./tenant.ts";

const COLLECTION = "/v2024/connector-customizers";

test("every request is recorded when its reply arrives", async () => {
  await using tenant = await testTenant({ seed: 1 });
  const { requests } = tenant.mock;
  const body = JSON.stringify({ name: "Ä" });
  await tenant.call("POST", COLLECTION, { ...json(1), body });
  expect(requests).toHaveLength(2);
  expect(requests[0]).toMatchObject({
    method: "POST",
    path: "/oauth/token",
    status: 200,
    operationId: undefined,
  });
  expect(requests[1]).toMatchObject({
    method: "POST",
    path: COLLECTION,
    query: {},
    headers: { "content-type": "application/json" },
    status: 201,
    size: Buffer.byteLength(body),
    apiVersion: "v2024",
    operationId: "createConnectorCustomizer",
  });
  await tenant.call("GET", `${COLLECTION}?limit=1&x=a&x=b`);
  expect(requests[2]).toMatchObject({ query: { limit: "1", x: ["a", "b"] }, size: 0 });
  for (const { duration } of requests) {
    expect(duration).toBeGreaterThan(0);
    expect(duration).toBeLessThan(60_000);
  }
});

test("a refused request is recorded with the bytes that were read", async () => {
  await using mock = await startMockTenant();
  await fetch(mock.baseUrl + COLLECTION);
  await fetch(`${mock.baseUrl}/v2024/unknown`);
  await fetch(`${mock.baseUrl}/unknown`);
  expect(
    mock.requests.map(({ status, apiVersion, operationId }) => [status, apiVersion, operationId]),
  ).toEqual([
    [401, "v2024", "listConnectorCustomizers"],
    [404, "v2024", undefined],
    [404, undefined, undefined],
  ]);
});

test("secrets are redacted in the record", async () => {
  await using tenant = await testTenant({ clientSecret: "s3cret" });
  await tenant.call("GET", `${COLLECTION}?access_token=s3cret&client_secret=s3cret&limit=1`, {
    headers: { Cookie: "session=s3cret", "X-Api-Key": "s3cret" },
  });
  const record = JSON.stringify(tenant.mock.requests);
  expect(record).not.toContain("s3cret");
  expect(record).not.toContain(tenant.token);
  expect(tenant.mock.requests.at(-1)).toMatchObject({
    query: { access_token: "[redacted]", limit: "1" },
    headers: { authorization: "Bearer [redacted]", cookie: "[redacted]" },
  });
});

test("the record has the last 10,000 requests", () => {
  const log = new RequestLog();
  const record = {
    method: "GET",
    path: "/",
    query: {},
    headers: {},
    apiVersion: undefined,
    operationId: undefined,
    duration: 1,
    fault: undefined,
  };
  for (let size = 0; size <= 10_000; size++) log.add({ ...record, status: 200, size });
  expect(log.records).toHaveLength(10_000);
  expect(log.records[0]).toHaveProperty("size", 1);
});

test.each([
  ["/v2024/connector-customizers", "GET, POST"],
  ["/beta/connector-customizers/x", "GET, PUT, DELETE"],
  ["/connector-customizers/v1/x/versions", "POST"],
])("another method on %s is not allowed", async (path, allow) => {
  await using mock = await startMockTenant();
  const response = await fetch(mock.baseUrl + path, { method: "PATCH" });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe(allow);
  expect(await errorTexts(response)).toEqual([`PATCH is not allowed. Allowed: ${allow}.`]);
});

test.each([
  "/v2024",
  "/v2024/",
  "/v2024/connector-customizers/",
  "/v2024/connector-customizers/x/y",
  "//",
  "/%",
])("the path %s is not found", async (path) => {
  await using mock = await startMockTenant();
  const response = await rawRequest(mock.baseUrl, "GET", path);
  expect(response.status).toBe(404);
  expect(JSON.parse(response.body)).toHaveProperty("detailCode", "404 Not found");
});

test("the absolute form of a request target is accepted", async () => {
  await using mock = await startMockTenant();
  expect((await rawRequest(mock.baseUrl, "GET", `${mock.baseUrl}/oauth/info?x=1`)).status).toBe(200);
});
