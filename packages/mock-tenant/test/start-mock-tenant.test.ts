import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { InvalidOptionError, PortInUseError, startMockTenant } from "../src/index.ts";

test("a tenant takes any free port, and credentials of its own", async () => {
  await using one = await startMockTenant();
  await using two = await startMockTenant();
  expect(one.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(two.baseUrl).not.toBe(one.baseUrl);
  expect(two.clientId).not.toBe(one.clientId);
  expect(two.clientSecret).not.toBe(one.clientSecret);
});

test("a port in use is an error of its own", async () => {
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
  ["an empty client id", { clientId: "" }, /^clientId must be a string/],
  ["an empty secret", { clientSecret: "" }, /^clientSecret must be a string/],
  ["a secret that is no string", { clientSecret: 7 }, /^clientSecret must be a string/],
  ["an empty data file", { data: "" }, /^data must be a string/],
  ["scopes that are no list", { scopes: "sp:connector:read" }, /^scopes must be a list/],
  ["a rate limit that is null", { rateLimit: null }, /^rateLimit must be of the type object, and is null/],
  ["a document that is null", { document: null }, /^document must be of the type object, and is null/],
  ["a document in a text", { document: "{}" }, /^document must be of the type object, and is '{}'/],
  ["what cannot be called", { onRequest: 5 }, /^onRequest must be of the type function, and is 5/],
  ["what is not true or false", { validateReplies: "no" }, /^validateReplies must be of the type boolean/],
  ["options that are none", 5 as never, /^options must be of the type object, and is 5/],
  ["options that are null", null as never, /^options must be of the type object, and is null/],
  ["faults that are no list", { faults: { kind: "html" } }, /^faults must be a list/],
  [
    "a scope that the API does not have",
    { scopes: ["sp:connector:read", "sp:connector:reed"] },
    /^There is no scope "sp:connector:reed"\. The API has .*sp:connector:read/,
  ],
  ["an option that there is not", { sed: 2 }, /^A mock tenant has no option "sed"\. It has port, .*seed, /],
])("%s is refused at the start", async (_, options, message) => {
  const start = startMockTenant(options);
  await expect(start).rejects.toThrow(InvalidOptionError);
  await expect(start).rejects.toThrow(message);
});

test("a number of another type is told as such", async () => {
  const start = startMockTenant(JSON.parse('{"seed":"3"}') as object);
  await expect(start).rejects.toThrow("seed must be a whole number from 0 to 1000000, and is '3'.");
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
