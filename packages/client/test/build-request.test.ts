import { expect, test } from "vitest";
import { buildRequest } from "../src/build-request.ts";
import { ConfigurationError } from "../src/index.ts";

const defaults = { headers: { "User-Agent": "test" }, urlOf: (path: string) => `http://localhost${path}` };
const operation = {
  method: "POST",
  path: "/planets/{id}",
  query: ["tags", "where"],
  header: ["X-Trace"],
  body: { mediaType: "multipart/form-data", kind: "multipart" },
} as const;

test("every argument goes to its place", async () => {
  const body = new FormData();
  const args = { id: "a b", tags: ["x", "y&z"], where: { star: "sun" }, "X-Trace": 7, body };
  const { url, init } = await buildRequest({ id: "addPlanet", operation, args, options: {} }, defaults);
  expect(url).toBe("http://localhost/planets/a%20b?tags=x&tags=y%26z&where[star]=sun");
  expect(Object.fromEntries(new Headers(init.headers))).toEqual({ "user-agent": "test", "x-trace": "7" });
  expect(init).toMatchObject({ method: "POST", body });
});

test("what the operation's requests carry is sent, unless the caller says otherwise", async () => {
  const carrying = { ...operation, headers: { "X-Mode": "operation" } };
  const modeOf = async (client: object, args: object, options: object) => {
    const call = { id: "addPlanet", operation: carrying, args: { id: "a", ...args }, options };
    const { init } = await buildRequest(call, { ...defaults, headers: { "User-Agent": "test", ...client } });
    return new Headers(init.headers).get("x-mode");
  };
  expect(await modeOf({}, {}, {})).toBe("operation");
  expect(await modeOf({ "x-mode": "client" }, {}, {})).toBe("client");
  expect(await modeOf({ "x-mode": "client" }, {}, { headers: { "X-MODE": "call" } })).toBe("call");
  await expect(modeOf({}, { "X-Mode": "argument" }, {})).rejects.toThrow(/has no parameter `X-Mode`/);
});

test("a header parameter that no header can hold is refused by its name alone", async () => {
  const args = { id: "a", "X-Trace": "s3cr3t\n" };
  const request = buildRequest({ id: "addPlanet", operation, args, options: {} }, defaults);
  await expect(request).rejects.toThrow(ConfigurationError);
  await expect(request).rejects.toThrow(/`X-Trace`/);
  await expect(request).rejects.not.toThrow(/s3cr3t/);
});
