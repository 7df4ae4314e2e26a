import { expect, test } from "vitest";
import { requestBuilder } from "../../src/openapi/build-request.ts";
import { ConfigurationError } from "../../src/index.ts";
import { defaultLimits } from "../../src/transport/request-limits.ts";

const defaults = {
  headers: { "user-agent": "test" },
  limits: defaultLimits,
  baseUrl: "http://localhost",
  urlOf: (path: string) => `http://localhost${path}`,
};
const operation = {
  method: "POST",
  path: "/planets/{id}",
  query: ["tags", "where"],
  header: ["X-Trace"],
  parameters: { near: { in: "query", name: "filter", style: "deepObject", explode: true } },
  body: { mediaType: "multipart/form-data", kind: "multipart" },
} as const;

test("every argument goes to its place", async () => {
  const body = new FormData();
  const args = { id: "a b", tags: ["x", "y&z"], where: { star: "sun" }, near: { x: 1 }, "X-Trace": 7, body };
  const request = await requestBuilder("addPlanet", operation, defaults)(args, {});
  expect(request).toMatchObject({
    url: "http://localhost/planets/a%20b?tags=x&tags=y%26z&star=sun&filter%5Bx%5D=1",
    method: "POST",
    headers: { "user-agent": "test", "x-trace": "7" },
    idempotent: false,
    operationId: "addPlanet",
  });
  const upload = await request.body?.open({
    signal: new AbortController().signal,
    attempt: 1,
    onProgress() {},
  });
  expect(upload?.body).toBe(body);
});

test("what the operation's requests carry is sent, unless the caller says otherwise", async () => {
  const carrying = { ...operation, headers: { "X-Mode": "operation" } };
  const modeOf = async (client: object, args: object, options: object) => {
    const all = { ...defaults, headers: { ...defaults.headers, ...client } };
    const build = requestBuilder("addPlanet", carrying, all);
    return (await build({ id: "a", ...args }, options)).headers["x-mode"];
  };
  expect(await modeOf({}, {}, {})).toBe("operation");
  expect(await modeOf({ "x-mode": "client" }, {}, {})).toBe("client");
  expect(await modeOf({ "x-mode": "client" }, {}, { headers: { "X-MODE": "call" } })).toBe("call");
  await expect(modeOf({}, { "X-Mode": "argument" }, {})).rejects.toThrow(/has no parameter `X-Mode`/);
});

test("a header parameter that no header can hold is refused by its name alone", async () => {
  const args = { id: "a", "X-Trace": "s3cr3t\n" };
  const error: unknown = await requestBuilder(
    "addPlanet",
    operation,
    defaults,
  )(args, {}).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect((error as Error).message).toMatch(/`X-Trace`/);
  expect((error as Error).message).not.toMatch(/s3cr3t/);
});

test("nothing in place of a header's value leaves it out, and what is no value of one is refused", async () => {
  const build = requestBuilder("addPlanet", operation, defaults);
  expect((await build({ id: "a", "X-Trace": null }, {})).headers).toEqual({ "user-agent": "test" });
  await expect(build({ id: "a", "X-Trace": { deep: 1 } }, {})).rejects.toThrow(/`X-Trace` is nested/);
});

test("a call changes nothing that the next one has", async () => {
  const build = requestBuilder("addPlanet", operation, defaults);
  const first = await build({ id: "a", tags: ["x"], near: { x: 1 } }, { headers: { "X-Own": "1" } });
  Object.assign(first.headers, { "x-late": "2" });
  const { url, headers } = await build({ id: "b" }, {});
  expect({ url, headers }).toEqual({
    url: "http://localhost/planets/b",
    headers: { "user-agent": "test" },
  });
  expect(defaults.headers).toEqual({ "user-agent": "test" });
});
