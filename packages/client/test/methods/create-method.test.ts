import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test } from "vitest";
import { ConfigurationError, createClient, NotFoundError } from "../../src/index.ts";
import { answering, clientOf } from "../support/server.ts";

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

test("headers of the client and of the call are sent, the call's first", async () => {
  await using mock = await startMockTenant();
  const client = createClient({
    baseUrl: mock.baseUrl,
    auth: mock,
    headers: { "X-Team": "a", "X-App": "b" },
  });
  await client.listConnectorCustomizers({}, { headers: { "x-team": "c" } });
  expect(mock.requests.at(-1)).toMatchObject({ status: 200, headers: { "x-team": "c", "x-app": "b" } });
  expect(mock.requests.at(-1)?.headers["user-agent"]).toMatch(/^isc-customizers\/\d+\.\d+\.\d+/);
});

describe("raw", () => {
  const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

  test("calls by path over the same transport, in every version's layout", async () => {
    for (const apiVersion of versions) {
      await using mock = await startMockTenant({ seed: 1 });
      const { raw } = createClient({ baseUrl: mock.baseUrl, apiVersion, auth: mock });
      const list = await raw.GET("/connector-customizers", { params: { query: { limit: 10 } } });
      expect(list.data).toHaveLength(1);
      const one = await raw.request("get", "/connector-customizers/{id}", { params: { path: { id } } });
      expect(one.data).toEqual(list.data?.[0]);
      const none = await raw.GET("/connector-customizers/{id}", { params: { path: { id: "none" } } });
      expect(none.response.status).toBe(404);
      expect(none.error).toMatchObject({ detailCode: expect.stringContaining("404") });
    }
  });

  test("sends bytes as they are, from a stream too", async () => {
    await using mock = await startMockTenant({ seed: 1 });
    const { raw } = createClient({ baseUrl: mock.baseUrl, auth: mock });
    for (const body of [new Blob(["not a zip"]), new Blob(["not a zip"]).stream()]) {
      const { response } = await raw.POST("/connector-customizers/{id}/versions", {
        params: { path: { id } },
        body: body as Blob,
        headers: { "Content-Type": "application/zip" },
      });
      expect(response.status).toBe(400);
      expect(mock.requests.at(-1)?.size).toBe("not a zip".length);
    }
  });

  test.each<[string, HeadersInit | Record<string, string | null | undefined>]>([
    ["an object, in which nothing stands for none", { "X-Team": "a", "X-App": undefined, "X-Env": null }],
    ["Headers", new Headers({ "X-Team": "a" })],
    ["a list of pairs", [["X-Team", "a"]]],
  ])("takes headers as %s", async (_, headers) => {
    await using mock = await startMockTenant();
    const { raw } = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const { response } = await raw.GET("/connector-customizers", { headers });
    expect(response.status).toBe(200);
    expect(mock.requests.at(-1)?.headers).toMatchObject({ "x-team": "a" });
    expect(mock.requests.at(-1)?.headers).not.toHaveProperty("x-app");
    await raw.GET("/connector-customizers", { headers: { "User-Agent": null } });
    expect(mock.requests.at(-1)?.headers["user-agent"]).not.toMatch(/isc-customizers/);
  });

  test.each<[string, object]>([
    [
      "headers of a kind that hides one that is the client's own",
      { headers: new Headers({ authorization: "Bearer s3cr3t" }) },
    ],
    ["another base URL", { baseUrl: "https://other.example/very/long/path" }],
    ["another fetch", { fetch: globalThis.fetch }],
    ["another Request", { Request: globalThis.Request }],
    ["another way to fill paths", { pathSerializer: () => "/connector-customizers" }],
    ["a header that the platform's error would show", { headers: { "X-Secret": "s3cr3t\n" } }],
    [
      "a header parameter that the platform's error would show",
      { params: { path: { id }, header: { "X-Secret": "s3cr3t\n" } } },
    ],
    ["a path parameter that is not given", { params: {} }],
    ["a path parameter that is no Unicode", { params: { path: { id: "\ud800" } } }],
  ])("refuses %s, before anything is sent", async (_, init) => {
    await using mock = await startMockTenant({ seed: 1 });
    const { raw } = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const call = raw.DELETE("/connector-customizers/{id}", { params: { path: { id } }, ...init });
    await expect(call).rejects.toThrow(ConfigurationError);
    await expect(call).rejects.not.toThrow(/s3cr3t/);
    expect(mock.requests).toEqual([]);
  });
});

test.each([7, "print", {}, null])("an `onUploadProgress` that is %j is refused", async (onUploadProgress) => {
  await using server = await answering(200, "{}");
  const call = clientOf(server).createConnectorCustomizerVersion(
    { id: "a", body: new Uint8Array([0x50, 0x4b, 3, 4]) },
    { onUploadProgress: onUploadProgress as never },
  );
  await expect(call).rejects.toThrow("`onUploadProgress` must be a function");
  await expect(call).rejects.toThrow(ConfigurationError);
  expect(server.requests).toEqual([]);
});
