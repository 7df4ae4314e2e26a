import { expect, test } from "vitest";
import { buildRequest } from "../src/build-request.ts";
import { ConfigurationError } from "../src/index.ts";
import { defaultLimits } from "../src/request-limits.ts";

const defaults = {
  headers: { "User-Agent": "test" },
  limits: defaultLimits,
  urlOf: (path: string) => `http://localhost${path}`,
};
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
  const request = buildRequest({ id: "addPlanet", operation, args, options: {} }, defaults);
  expect(request).toMatchObject({
    url: "http://localhost/planets/a%20b?tags=x&tags=y%26z&where%5Bstar%5D=sun",
    method: "POST",
    headers: { "user-agent": "test", "x-trace": "7" },
    idempotent: false,
    operationId: "addPlanet",
  });
  expect(await request.body?.open()).toBe(body);
});

test("what the operation's requests carry is sent, unless the caller says otherwise", () => {
  const carrying = { ...operation, headers: { "X-Mode": "operation" } };
  const modeOf = (client: object, args: object, options: object) => {
    const call = { id: "addPlanet", operation: carrying, args: { id: "a", ...args }, options };
    return buildRequest(call, { ...defaults, headers: { "User-Agent": "test", ...client } }).headers[
      "x-mode"
    ];
  };
  expect(modeOf({}, {}, {})).toBe("operation");
  expect(modeOf({ "x-mode": "client" }, {}, {})).toBe("client");
  expect(modeOf({ "x-mode": "client" }, {}, { headers: { "X-MODE": "call" } })).toBe("call");
  expect(() => modeOf({}, { "X-Mode": "argument" }, {})).toThrow(/has no parameter `X-Mode`/);
});

test("a header parameter that no header can hold is refused by its name alone", () => {
  const args = { id: "a", "X-Trace": "s3cr3t\n" };
  const build = () => buildRequest({ id: "addPlanet", operation, args, options: {} }, defaults);
  expect(build).toThrow(ConfigurationError);
  expect(build).toThrow(/`X-Trace`/);
  expect(build).not.toThrow(/s3cr3t/);
});
