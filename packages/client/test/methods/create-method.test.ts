import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test } from "vitest";
import { ConfigurationError, createClient, NotFoundError, type RequestOptions } from "../../src/index.ts";
import { answering, clientOf } from "../support/server.ts";

const versions = ["v2024", "v2025", "v2026", "beta", "v1"] as const;
const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

describe.each(versions)("the methods of %s", (apiVersion) => {
  test("create, read, list, rename, upload to and delete a customizer", async () => {
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

test("the API version is v2024 by default", async () => {
  await using mock = await startMockTenant();
  await createClient({ baseUrl: mock.baseUrl, auth: mock }).listConnectorCustomizers();
  expect(mock.requests.at(-1)?.path).toBe("/v2024/connector-customizers");
});

test("a slash at the end of the base URL makes no difference", async () => {
  await using mock = await startMockTenant();
  await createClient({ baseUrl: `${mock.baseUrl}///`, auth: mock }).listConnectorCustomizers();
  expect(mock.requests.map(({ path }) => path)).toEqual(["/oauth/token", "/v2024/connector-customizers"]);
});

test("a query parameter is sent unless it is undefined", async () => {
  await using mock = await startMockTenant();
  const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
  await client.listConnectorCustomizers({ limit: 5, offset: undefined });
  expect(mock.requests.at(-1)?.query).toEqual({ limit: "5" });
});

test("a header of the call replaces the client's header of the same name", async () => {
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

test.each([7, "print", {}, null])("rejects %j as `onUploadProgress`", async (onUploadProgress) => {
  await using server = await answering(200, "{}");
  const call = clientOf(server).createConnectorCustomizerVersion(
    { id: "a", body: new Uint8Array([0x50, 0x4b, 3, 4]) },
    { onUploadProgress: onUploadProgress as never },
  );
  await expect(call).rejects.toThrow("`onUploadProgress` must be a function");
  await expect(call).rejects.toThrow(ConfigurationError);
  expect(server.requests).toEqual([]);
});

test("rejects a parameter that the operation does not have", async () => {
  await using server = await answering(200, "[]");
  const client = clientOf(server);
  // @ts-expect-error -- a misspelt parameter
  const call = client.listConnectorCustomizers({ limt: 5 });
  await expect(call).rejects.toThrow(
    new ConfigurationError("listConnectorCustomizers has no parameter `limt`."),
  );
  expect(server.requests).toHaveLength(0);
});

describe("the options of a call", () => {
  test("do not include an unknown option", async () => {
    await using server = await answering(201, "null");
    const client = clientOf(server);
    const call = client.createConnectorCustomizerVersion(
      { id, body: new Blob(["PK\x03\x04"]) },
      // @ts-expect-error -- a misspelt option
      { retry: 3 },
    );
    await expect(call).rejects.toThrow(
      new ConfigurationError("createConnectorCustomizerVersion has no option `retry`."),
    );
    expect(server.requests).toHaveLength(0);
  });

  test.each([
    ["null", {}, null],
    ["a string", {}, "retries"],
    ["a number", {}, 5],
    ["a signal", {}, new AbortController().signal],
    ["parameters that are a string", "id", {}],
    ["parameters that are null", null, {}],
  ])("and the parameters must be objects: rejects %s", async (_, args, options) => {
    await using server = await answering(200, "[]");
    // A caller without types can pass anything.
    const call = clientOf(server).listConnectorCustomizers(args as object, options as RequestOptions);
    await expect(call).rejects.toThrow(
      new ConfigurationError(
        "listConnectorCustomizers takes an object of parameters, and an object of options.",
      ),
    );
    expect(server.requests).toHaveLength(0);
  });

  test("and a body that is undefined: rejects the body, because it may be a missing zip", async () => {
    await using server = await answering(201, "null");
    const client = clientOf(server);
    const call = client.createConnectorCustomizerVersion({ id, body: undefined as never });
    await expect(call).rejects.toThrow(/`body` is undefined. Leave it out/);
    expect(server.requests).toEqual([]);
    expect(await client.createConnectorCustomizerVersion({ id })).toBeNull();
  });

  test("remove a header of the client that is null or undefined in `headers`", async () => {
    await using server = await answering(200, "[]");
    const client = clientOf(server, { headers: { "X-Team": "a", "X-App": "b" } });
    await client.listConnectorCustomizers({}, { headers: { "x-team": null, "X-App": undefined } });
    expect(server.requests[0]?.headers).not.toHaveProperty("x-team");
    expect(server.requests[0]?.headers).not.toHaveProperty("x-app");
  });

  test("are ignored if they are undefined", async () => {
    await using server = await answering(200, "[]");
    const options = { signal: undefined, headers: undefined, timeout: undefined, retries: undefined };
    expect(await clientOf(server).listConnectorCustomizers({ limit: undefined }, options)).toEqual([]);
    expect(server.requests[0]?.url).toBe("/v2024/connector-customizers");
  });

  test("are accepted in the second argument and rejected in the first", async () => {
    await using server = await answering(200, "[]");
    const options: Required<RequestOptions> = {
      signal: new AbortController().signal,
      headers: { "X-Trace": "1" },
      timeout: 30_000,
      totalTimeout: 60_000,
      retries: 0,
      onUploadProgress: () => {},
      checkZip: false,
    };
    const client = clientOf(server);
    expect(await client.listConnectorCustomizers({}, options)).toEqual([]);
    for (const [name, value] of Object.entries(options)) {
      await expect(client.listConnectorCustomizers({ [name]: value })).rejects.toThrow(
        new ConfigurationError(
          `listConnectorCustomizers has no parameter \`${name}\`: it is an option, which goes in the second argument.`,
        ),
      );
    }
    expect(server.requests).toHaveLength(1);
  });
});

test("a call that cannot be sent rejects with a ConfigurationError, without a header's value", async () => {
  await using server = await answering(200, "[]");
  const client = clientOf(server);
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  const nested = { limit: { a: { b: 1 } } as never };
  for (const call of [
    () => client.createConnectorCustomizer({ body: cyclic }),
    () => client.listConnectorCustomizers(nested),
    () => client.listConnectorCustomizers({}, { headers: { "X-Secret": "s3cr3t\n" } }),
    () => client.listConnectorCustomizers({}, { headers: { authorization: "Bearer s3cr3t" } }),
    () => client.listConnectorCustomizers({}, { signal: new AbortController() as never }),
    () => client.listConnectorCustomizers(null as never),
    () => client.listConnectorCustomizers(5 as never),
    () => client.createConnectorCustomizer({ body: (() => "x") as never }),
    () => client.getConnectorCustomizer({ id: "\ud800" }),
  ]) {
    const error: unknown = await call().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).not.toMatch(/s3cr3t/);
  }
  expect(server.requests).toEqual([]);
});
