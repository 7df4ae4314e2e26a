import { startMockTenant } from "@isc-customizers/mock-tenant";
import type { ServerResponse } from "node:http";
import { describe, expect, test, vi } from "vitest";
import { ConfigurationError, createClient, NotFoundError, type RequestOptions } from "../../src/index.ts";
import { answering, clientOf, startServer } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

describe("a call", () => {
  test("is sent when it is made, awaited or not", async () => {
    await using server = await answering(200, "[]");
    const client = clientOf(server);
    const call = client.listConnectorCustomizers();
    await vi.waitUntil(() => server.requests.length === 1, { timeout: 60_000 });
    expect(await call).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  test("runs beside another that is begun before it is awaited", async () => {
    const waiting: ServerResponse[] = [];
    // Neither call is answered before both have arrived.
    await using server = await startServer((_, response) => {
      waiting.push(response);
      if (waiting.length === 2) for (const each of waiting) each.end("[]");
    });
    const client = clientOf(server);
    const [first, second] = [client.listConnectorCustomizers(), client.listConnectorCustomizers()];
    expect([await first, await second]).toEqual([[], []]);
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

  test("rejects when it is not chained to the call", async () => {
    await using server = await answering(200, "{}");
    const client = clientOf(server);
    const late = client.getConnectorCustomizer({ id });
    await Promise.resolve();
    await expect(late.asResponse()).rejects.toThrow(/must be chained to the call/);
    expect(await late).toEqual({});
    const read = client.getConnectorCustomizer({ id });
    const data = read.then((value) => value);
    await expect(read.asResponse()).rejects.toThrow(ConfigurationError);
    expect(await data).toEqual({});
    expect(server.requests).toHaveLength(2);
  });

  test("leaves no data for the same call", async () => {
    await using server = await answering(200, "{}");
    const call = clientOf(server).getConnectorCustomizer({ id });
    expect((await call.asResponse()).bodyUsed).toBe(false);
    await expect(call).rejects.toThrow(ConfigurationError);
    expect(server.requests).toHaveLength(1);
  });

  test("gives a body that has not arrived yet", async () => {
    await using server = await startServer((_, response) => response.writeHead(200).write("["));
    const response = await clientOf(server).listConnectorCustomizers().asResponse();
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("[");
    await reader?.cancel();
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
      new ConfigurationError(
        "listConnectorCustomizers takes an object of parameters, and an object of options.",
      ),
    );
    expect(server.requests).toHaveLength(0);
  });

  test("a body that is undefined is rejected, so that a zip is not lost", async () => {
    await using server = await answering(201, "null");
    const client = clientOf(server);
    const call = client.createConnectorCustomizerVersion({ id, body: undefined as never });
    await expect(call).rejects.toThrow(/`body` is undefined. Leave it out/);
    expect(server.requests).toEqual([]);
    expect(await client.createConnectorCustomizerVersion({ id })).toBeNull();
  });

  test("a header that is null or undefined takes the client's away", async () => {
    await using server = await answering(200, "[]");
    const client = clientOf(server, { headers: { "X-Team": "a", "X-App": "b" } });
    await client.listConnectorCustomizers({}, { headers: { "x-team": null, "X-App": undefined } });
    expect(server.requests[0]?.headers).not.toHaveProperty("x-team");
    expect(server.requests[0]?.headers).not.toHaveProperty("x-app");
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
