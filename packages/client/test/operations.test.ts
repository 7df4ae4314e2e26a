import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test } from "vitest";
import { createClient, NotFoundError } from "../src/index.ts";

const versions = ["v2024", "v2025", "v2026", "beta", "v1"] as const;

describe.each(versions)("the six operations, in %s", (apiVersion) => {
  test("take a customizer through its life", async () => {
    await using mock = await startMockTenant();
    const client = createClient({ baseUrl: mock.baseUrl, apiVersion, auth: mock });

    const { id, name } = await client.createConnectorCustomizer({ body: { name: "My Custom Connector" } });
    expect(name).toBe("My Custom Connector");
    expect(await client.getConnectorCustomizer({ id })).toMatchObject({ id, name });
    expect(await client.listConnectorCustomizers()).toMatchObject([{ id, name }]);
    const renamed = await client.putConnectorCustomizer({ id, body: { name: "Renamed" } });
    expect(renamed).toMatchObject({ id, name: "Renamed" });
    expect(await client.createConnectorCustomizerVersion({ id })).toMatchObject({
      customizerID: id,
      version: 1,
    });
    expect(await client.deleteConnectorCustomizer({ id })).toBeUndefined();
    await expect(client.getConnectorCustomizer({ id })).rejects.toBeInstanceOf(NotFoundError);

    const [create, get] = mock.requests.filter((request) => request.operationId !== undefined);
    const paths = {
      v1: ["/connector-customizers/v1", `/connector-customizers/v1/${id}`],
      other: [`/${apiVersion}/connector-customizers`, `/${apiVersion}/connector-customizers/${id}`],
    }[apiVersion === "v1" ? "v1" : "other"];
    expect([create?.path, get?.path]).toEqual(paths);
    expect(
      mock.requests.every((request) => request.apiVersion === apiVersion || request.path === "/oauth/token"),
    ).toBe(true);
  });
});

test("the API version is v2024 unless it is set", async () => {
  await using mock = await startMockTenant();
  await createClient({ baseUrl: mock.baseUrl, auth: mock }).listConnectorCustomizers();
  expect(mock.requests.at(-1)?.path).toBe("/v2024/connector-customizers");
});

test("a slash at the end of the base URL makes no difference", async () => {
  await using mock = await startMockTenant();
  await createClient({ baseUrl: `${mock.baseUrl}///`, auth: mock }).listConnectorCustomizers();
  expect(mock.requests.map(({ path }) => path)).toEqual(["/oauth/token", "/v2024/connector-customizers"]);
});

test("query parameters are sent, and left out where they are undefined", async () => {
  await using mock = await startMockTenant();
  const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
  await client.listConnectorCustomizers({ limit: 5, offset: undefined });
  expect(mock.requests.at(-1)?.query).toEqual({ limit: "5" });
});

test("headers of the client and of the call are sent, the call's first, and never instead of the token", async () => {
  await using mock = await startMockTenant();
  const client = createClient({
    baseUrl: mock.baseUrl,
    auth: mock,
    headers: { "X-Team": "a", "X-App": "b" },
  });
  await client.listConnectorCustomizers({}, { headers: { "x-team": "c", authorization: "Bearer stolen" } });
  expect(mock.requests.at(-1)).toMatchObject({ status: 200, headers: { "x-team": "c", "x-app": "b" } });
  expect(mock.requests.at(-1)?.headers["user-agent"]).toMatch(/^isc-customizers\/\d+\.\d+\.\d+/);
});

describe("raw", () => {
  test("calls by path over the same transport, in every version's layout", async () => {
    for (const apiVersion of versions) {
      await using mock = await startMockTenant({ customizers: 1 });
      const { raw } = createClient({ baseUrl: mock.baseUrl, apiVersion, auth: mock });
      const list = await raw.GET("/connector-customizers", { params: { query: { limit: 10 } } });
      expect(list.data).toHaveLength(1);
      const id = list.data?.[0]?.id ?? "";
      const one = await raw.GET("/connector-customizers/{id}", { params: { path: { id } } });
      expect(one.data).toEqual(list.data?.[0]);
      const none = await raw.GET("/connector-customizers/{id}", { params: { path: { id: "none" } } });
      expect(none.response.status).toBe(404);
      expect(none.error).toMatchObject({ detailCode: expect.stringContaining("404") });
    }
  });

  test("sends a Blob as it is", async () => {
    await using mock = await startMockTenant({ customizers: 1 });
    const { raw } = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const { response } = await raw.POST("/connector-customizers/{id}/versions", {
      params: { path: { id: "b07dc46a-1498-4de8-bfbb-259a68e70c8a" } },
      body: new Blob(["not a zip"]),
      headers: { "Content-Type": "application/zip" },
    });
    expect(response.status).toBe(400);
    expect(mock.requests.at(-1)?.bodyBytes).toBe("not a zip".length);
  });
});
