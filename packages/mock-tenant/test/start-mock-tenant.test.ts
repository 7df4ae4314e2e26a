import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { InvalidOptionError, PortInUseError, startMockTenant } from "../src/index.ts";

test("a tenant takes any free port and random credentials", async () => {
  await using one = await startMockTenant();
  await using two = await startMockTenant();
  expect(one.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(two.baseUrl).not.toBe(one.baseUrl);
  expect(two.clientId).not.toBe(one.clientId);
  expect(two.clientSecret).not.toBe(one.clientSecret);
});

test("a port in use throws a PortInUseError", async () => {
  await using other = await startMockTenant();
  const port = Number(new URL(other.baseUrl).port);
  const start = startMockTenant({ port });
  await expect(start).rejects.toThrow(PortInUseError);
  await expect(start).rejects.toMatchObject({ port, message: `Port ${port} of 127.0.0.1 is in use.` });
});

test.each([
  { port: -1 },
  { port: 65_536 },
  { port: 1.5 },
  { tokenLifetime: -1 },
  { tokenLifetime: Number.NaN },
  { seed: 0.5 },
  { seed: 1_000_001 },
])("%j is out of range", async (options) => {
  await expect(startMockTenant(options)).rejects.toThrow(RangeError);
});

test.each<[string, object, RegExp]>([
  ["an empty client id", { clientId: "" }, /^clientId must be a non-empty string/],
  ["an empty secret", { clientSecret: "" }, /^clientSecret must be a non-empty string/],
  ["a numeric secret", { clientSecret: 7 }, /^clientSecret must be a non-empty string/],
  ["an empty data file", { data: "" }, /^data must be a non-empty string/],
  ["scopes that are not an array", { scopes: "sp:connector:read" }, /^scopes must be an array/],
  ["a rate limit that is null", { rateLimit: null }, /^rateLimit must be of type object; got null/],
  ["a document that is null", { document: null }, /^document must be of type object; got null/],
  ["a document that is a string", { document: "{}" }, /^document must be of type object; got '{}'/],
  ["a callback that is not a function", { onRequest: 5 }, /^onRequest must be of type function; got 5/],
  ["a flag that is not a boolean", { validateReplies: "no" }, /^validateReplies must be of type boolean/],
  ["options that are not an object", 5 as never, /^options must be of type object; got 5/],
  ["options that are null", null as never, /^options must be of type object; got null/],
  ["faults that are not an array", { faults: { kind: "html" } }, /^faults must be an array/],
  [
    "a scope that the API does not have",
    { scopes: ["sp:connector:read", "sp:connector:reed"] },
    /^Unknown scope "sp:connector:reed"\. The scopes are: .*sp:connector:read/,
  ],
  ["an unknown option", { sed: 2 }, /^Unknown option "sed"\. The options are: port, .*seed, /],
])("%s is refused at the start", async (_, options, message) => {
  const start = startMockTenant(options);
  await expect(start).rejects.toThrow(InvalidOptionError);
  await expect(start).rejects.toThrow(message);
});

test("a number in a string is refused", async () => {
  const start = startMockTenant(JSON.parse('{"seed":"3"}') as object);
  await expect(start).rejects.toThrow("seed must be a whole number from 0 to 1000000; got '3'.");
});

test("close ends open connections and frees the port, and may be called again", async () => {
  const mock = await startMockTenant();
  const port = Number(new URL(mock.baseUrl).port);
  const idle = connect(port, "127.0.0.1");
  const halfSent = connect(port, "127.0.0.1");
  await Promise.all([once(idle, "connect"), once(halfSent, "connect")]);
  halfSent.write("POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  const ended = [idle, halfSent].map(
    (socket) =>
      new Promise((resolve) =>
        socket
          .on("error", () => {})
          .on("close", resolve)
          .resume(),
      ),
  );
  await Promise.all([mock.close(), mock.close()]);
  await Promise.all(ended);
  await mock.close();

  const successor = createServer().listen(port, "127.0.0.1");
  await once(successor, "listening");
  await new Promise((resolve) => successor.close(resolve));
});
