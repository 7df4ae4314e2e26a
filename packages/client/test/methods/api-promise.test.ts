import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test } from "vitest";
import { ConfigurationError, createClient, NotFoundError, type RequestOptions } from "../../src/index.ts";
import { answering, clientOf } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

describe("a call", () => {
  test("is not sent until its outcome is asked for", async () => {
    await using mock = await startMockTenant();
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    void client.createConnectorCustomizer({ body: { name: "never" } });
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(mock.requests.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });

  test("is sent once, however often its outcome is asked for", async () => {
    await using mock = await startMockTenant();
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const call = client.createConnectorCustomizer({ body: { name: "once" } });
    const [first, second] = await Promise.all([call, call]);
    const { data, response } = await call.withResponse();
    expect(second).toEqual(first);
    expect(data).toEqual(first);
    expect(response.status).toBe(201);
    expect(await client.listConnectorCustomizers()).toHaveLength(1);
  });

  test("works as a promise does: catch, finally, all", async () => {
    await using mock = await startMockTenant();
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    expect(await client.getConnectorCustomizer({ id }).catch((error: unknown) => error)).toBeInstanceOf(
      NotFoundError,
    );
    let ended = 0;
    await client.listConnectorCustomizers().finally(() => ended++);
    await expect(client.getConnectorCustomizer({ id }).finally(() => ended++)).rejects.toBeInstanceOf(
      NotFoundError,
    );
    expect(ended).toBe(2);
    expect(await Promise.all([client.listConnectorCustomizers(), client.listConnectorCustomizers()])).toEqual(
      [[], []],
    );
  });
});

describe("asResponse", () => {
  test("gives the response with its body unread, and takes no status for an error", async () => {
    await using mock = await startMockTenant({ seed: 1 });
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const success = await client.getConnectorCustomizer({ id }).asResponse();
    expect(success.bodyUsed).toBe(false);
    expect(await success.json()).toMatchObject({ id });
    const failure = await client.getConnectorCustomizer({ id: "none" }).asResponse();
    expect([failure.status, failure.bodyUsed]).toEqual([404, false]);
    expect(await failure.json()).toHaveProperty("trackingId");
  });

  test("and the data cannot both be had, which is said in plain words", async () => {
    await using server = await answering(200, "{}");
    const client = clientOf(server);
    const given = client.getConnectorCustomizer({ id });
    const response = await given.asResponse();
    expect(await given.asResponse()).toBe(response);
    await expect(given).rejects.toThrow(ConfigurationError);
    const read = client.getConnectorCustomizer({ id });
    await read;
    await expect(read.asResponse()).rejects.toThrow(/Make another call/);
    expect(server.requests).toHaveLength(2);
  });
});

test("a name that the operation does not have is refused, not lost", async () => {
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
  test("a name that is none of them is refused, not lost", async () => {
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
    ["a text", {}, "retries"],
    ["a number", {}, 5],
    ["a signal, which is one of them", {}, new AbortController().signal],
    ["the parameters as a text", "id", {}],
    ["the parameters as null", null, {}],
  ])("are an object, as the parameters are: %s", async (_, args, options) => {
    await using server = await answering(200, "[]");
    // In JavaScript a call can be made with anything.
    const call = clientOf(server).listConnectorCustomizers(args as object, options as RequestOptions);
    await expect(call).rejects.toThrow(
      new ConfigurationError("listConnectorCustomizers takes an object of parameters, and one of options."),
    );
    expect(server.requests).toHaveLength(0);
  });

  test("that are undefined are as if they were not there", async () => {
    await using server = await answering(200, "[]");
    const options = { signal: undefined, headers: undefined, timeout: undefined, retries: undefined };
    expect(await clientOf(server).listConnectorCustomizers({ limit: undefined }, options)).toEqual([]);
    expect(server.requests[0]?.url).toBe("/v2024/connector-customizers");
  });

  test("are all taken", async () => {
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
    // None of them is a parameter, and each says where it goes.
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

test("a request that cannot be made is a ConfigurationError, and nothing is sent", async () => {
  await using server = await answering(200, "[]");
  const client = clientOf(server);
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  const nested = { limit: { a: { b: 1 } } as never };
  for (const call of [
    client.createConnectorCustomizer({ body: cyclic }),
    client.listConnectorCustomizers(nested),
    client.listConnectorCustomizers({}, { headers: { "X-Secret": "s3cr3t\n" } }),
    client.listConnectorCustomizers({}, { headers: { authorization: "Bearer s3cr3t" } }),
    client.listConnectorCustomizers({}, { signal: new AbortController() as never }),
    client.listConnectorCustomizers(null as never),
    client.listConnectorCustomizers(5 as never),
    client.createConnectorCustomizer({ body: (() => "x") as never }),
    client.getConnectorCustomizer({ id: "\ud800" }),
  ]) {
    await expect(call).rejects.toThrow(ConfigurationError);
    await expect(call).rejects.not.toThrow(/s3cr3t/);
  }
  expect(server.requests).toEqual([]);
});
