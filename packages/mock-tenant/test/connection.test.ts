import { once } from "node:events";
import { connect } from "node:net";
import { expect, test, vi } from "vitest";
import { json, testTenant } from "./tenant.ts";

const big = "x".repeat(2 * 1024 * 1024);

test.each([
  ["JSON that is too large", 413, "/v2024/connector-customizers", json({ name: big })],
  [
    "an upload of another media type",
    400,
    "/v2024/connector-customizers/b07dc46a-1498-4de8-bfbb-259a68e70c8a/versions",
    { body: big, headers: { "Content-Type": "text/plain" } },
  ],
])("a refusal of %s does not affect later requests", async (_, status, path, init) => {
  await using tenant = await testTenant({ seed: 1 });
  for (let n = 0; n < 5; n++) {
    const refused = await tenant.call("POST", path, init);
    expect(refused.status).toBe(status);
    await refused.text();
    const next = await tenant.call("GET", "/v2024/connector-customizers");
    expect(next.status).toBe(200);
    expect(await next.json()).toHaveLength(1);
  }
});

test("a refusal arrives while the client still sends the body, and the rest is read", async () => {
  await using tenant = await testTenant();
  const socket = connect(Number(new URL(tenant.mock.baseUrl).port), "127.0.0.1");
  const piece = Buffer.alloc(1024 * 1024);
  socket.write(
    `POST /v2024/connector-customizers/x/versions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tenant.token}\r\n` +
      `Content-Length: ${8 * piece.length}\r\n\r\n`,
  );
  let reply = "";
  socket.setEncoding("utf8").on("data", (text: string) => (reply += text));
  await vi.waitUntil(() => reply.includes("causes"), { timeout: 60_000 });
  expect(reply).toMatch(/^HTTP\/1\.1 404 /);
  expect(reply).toMatch(/\r\nConnection: close\r\n/i);
  // A closed connection would fail one of these writes.
  for (let sent = 0; sent < 8; sent++)
    await new Promise<void>((resolve, reject) =>
      socket.write(piece, (error) => (error ? reject(error) : resolve())),
    );
  await once(socket, "end");
});
