import { expect, test } from "vitest";
import { ConfigurationError } from "../../src/index.ts";
import { sentBy } from "../support/operation.ts";

const operation = {
  method: "POST",
  path: "/planets/{id}",
  query: ["tags", "where"],
  header: ["X-Trace"],
  parameters: { near: { in: "query", name: "filter", style: "deepObject", explode: true } },
  body: { mediaType: "multipart/form-data", kind: "multipart" },
} as const;

test("places each argument in the path, the query, a header or the body", async () => {
  const body = new FormData();
  body.append("name", "Earth");
  const args = { id: "a b", tags: ["x", "y&z"], where: { star: "sun" }, near: { x: 1 }, "X-Trace": 7, body };
  const seen = await sentBy(operation, args);
  expect(seen).toMatchObject({
    url: "/v2024/planets/a%20b?tags=x&tags=y%26z&star=sun&filter%5Bx%5D=1",
    method: "POST",
    headers: { "x-trace": "7", "content-type": expect.stringMatching(/^multipart\/form-data; boundary=/) },
  });
  expect(seen.body).toContain("Earth");
});

test("takes a header of the call before the client's, and the client's before the operation's", async () => {
  const carrying = { ...operation, headers: { "X-Mode": "operation" } };
  const modeOf = async (clientHeaders: Record<string, string>, headers: Record<string, string | null>) =>
    (await sentBy(carrying, { id: "a" }, { clientHeaders, headers })).headers["x-mode"];
  expect(await modeOf({}, {})).toBe("operation");
  expect(await modeOf({ "x-mode": "client" }, {})).toBe("client");
  expect(await modeOf({ "x-mode": "client" }, { "X-MODE": "call" })).toBe("call");
  expect(await modeOf({ "x-mode": "client" }, { "X-MODE": null })).toBeUndefined();
});

test("rejects a parameter that the operation does not have", async () => {
  await expect(sentBy(operation, { id: "a", "X-Mode": 1 })).rejects.toThrow(
    "test has no parameter `X-Mode`.",
  );
});

test("rejects a header value with a line break without showing it", async () => {
  const error: unknown = await sentBy(operation, { id: "a", "X-Trace": "s3cr3t\n" }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConfigurationError);
  expect((error as Error).message).toMatch(/`x-trace`/i);
  expect((error as Error).message).not.toMatch(/s3cr3t/);
});

test("leaves out a header parameter that is null, and rejects one that is an object", async () => {
  expect((await sentBy(operation, { id: "a", "X-Trace": null })).headers).not.toHaveProperty("x-trace");
  await expect(sentBy(operation, { id: "a", "X-Trace": { a: { deep: 1 } } })).rejects.toThrow(
    /`X-Trace` is nested/,
  );
});
