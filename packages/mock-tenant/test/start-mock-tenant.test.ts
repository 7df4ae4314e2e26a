import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { PortInUseError, startMockTenant } from "../src/index.ts";

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

test.each<[string, object]>([
  ["an empty client id", { clientId: "" }],
  ["an empty secret", { clientSecret: "" }],
  ["a secret that is no string", { clientSecret: 7 }],
  ["an empty data file", { data: "" }],
  ["scopes that are no list", { scopes: "sp:connector:read" }],
])("%s is refused at the start", async (_, options) => {
  await expect(startMockTenant(options)).rejects.toThrow(TypeError);
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
