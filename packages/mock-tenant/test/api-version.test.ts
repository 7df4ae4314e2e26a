import { describe, expect, test } from "vitest";
import { apiLayout, resolveApiPath } from "../src/openapi/api-version.ts";
import { testTenant } from "./tenant.ts";

const layout = apiLayout({
  url: "https://{tenant}.example.com/{apiVersion}",
  variables: {
    tenant: { default: "acme" },
    apiVersion: { default: "v2024", enum: ["v2024", "beta"], "x-service-versions": ["v1"] },
  },
});

describe("the path of a request", () => {
  test.each([
    ["/v2024/things", "v2024", "/things"],
    ["/beta/things/a%2Fb", "beta", "/things/a%2Fb"],
    ["/things/v1", "v1", "/things"],
    ["/things/v1/x/versions", "v1", "/things/x/versions"],
  ])("%s has the version %s", (request, apiVersion, path) => {
    expect(resolveApiPath(layout, request)).toEqual({ apiVersion, path });
  });

  test.each([
    "/v2023/things",
    "/things",
    "/things/v2",
    "/v1/things",
    "/v2024",
    "//v2024/things",
    "/",
    "/v2024x/things",
  ])("%s has no known version", (path) => expect(resolveApiPath(layout, path)).toBeUndefined());

  test("has no version when the server URL has none", () => {
    expect(resolveApiPath(apiLayout(undefined), "/things/v1")).toEqual({
      apiVersion: undefined,
      path: "/things/v1",
    });
    expect(resolveApiPath(apiLayout({ url: "http://example.com/api/" }), "/api/things")).toEqual({
      apiVersion: undefined,
      path: "/things",
    });
    expect(resolveApiPath(apiLayout({ url: "http://example.com/api" }), "/things")).toBeUndefined();
  });

  test("may have segments before and after the version", () => {
    const inner = apiLayout({
      url: "/base/{apiVersion}/{region}",
      variables: {
        apiVersion: { default: "v1", enum: ["v1", "v2"] },
        region: { default: "eu" },
      },
    });
    expect(resolveApiPath(inner, "/base/v2/eu/things")).toEqual({ apiVersion: "v2", path: "/things" });
  });
});

test.each([
  "/v2024/connector-customizers",
  "/v2025/connector-customizers",
  "/v2026/connector-customizers",
  "/beta/connector-customizers",
  "/connector-customizers/v1",
])("the six operations answer at %s", async (collection) => {
  await using tenant = await testTenant();
  const { call, mock } = tenant;
  const created = await call("POST", collection, {
    body: JSON.stringify({ id: "", name: "A" }),
    headers: { "Content-Type": "application/json" },
  });
  expect(created.status).toBe(collection.startsWith("/beta") ? 200 : 201);
  const { id }: { id: string } = JSON.parse(await created.text());
  expect(id).toMatch(/^[0-9a-f-]{36}$/);

  expect((await call("GET", collection)).status).toBe(200);
  expect((await call("GET", `${collection}/${id}`)).status).toBe(200);
  expect((await call("PUT", `${collection}/${id}`)).status).toBe(200);
  const version = await call("POST", `${collection}/${id}/versions`);
  expect(version.status).toBe(200);
  const reply: unknown = JSON.parse(await version.text());
  expect(reply).toHaveProperty("customizerID", id);
  if (collection.startsWith("/beta")) expect(reply).toHaveProperty("connectorCustomizerId", id);
  else expect(reply).not.toHaveProperty("connectorCustomizerId");
  expect((await call("DELETE", `${collection}/${id}`)).status).toBe(204);
  expect(mock.requests.at(-1)?.apiVersion).toBe(/v\d+|beta/.exec(collection)?.[0]);
});
