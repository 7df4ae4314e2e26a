import { type AddressInfo, createServer } from "node:net";
import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { IscError, ResponseParseError } from "../../src/index.ts";
import { EagerClock } from "../support/clock.ts";
import { answering, clientOf, startServer } from "../support/server.ts";
import { rejection } from "../support/rejection.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

describe("a successful response", () => {
  test.each([
    ["is not JSON", "<html>Sign in</html>"],
    ["is cut off", '[{"id":"'],
    ["is not an array", '{"items":[]}'],
    ["is null", "null"],
    ["is empty", ""],
  ])("causes a ResponseParseError when its body %s", async (_, body) => {
    await using server = await answering(200, body, { "X-Proxy": "yes", "Set-Cookie": "session=s3cr3t" });
    const error = await rejection(clientOf(server).listConnectorCustomizers());
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error).toMatchObject({ status: 200, bodyStart: body });
    expect((error as ResponseParseError).headers.get("x-proxy")).toBe("yes");
    expect(inspect(error, { depth: 9 })).not.toContain("s3cr3t");
  });

  test("is in its error up to 500 characters", async () => {
    await using server = await answering(200, "x".repeat(2000));
    expect(await rejection(clientOf(server).listConnectorCustomizers())).toMatchObject({
      bodyStart: "x".repeat(500),
    });
  });

  test.each([200, 201, 204, 205])(
    "causes a ResponseParseError when the operation returns data and a %i has none",
    async (status) => {
      await using server = await startServer((_, response) => response.writeHead(status).end());
      const call = clientOf(server).createConnectorCustomizer({ body: { name: "x" } });
      await expect(call).rejects.toMatchObject({
        name: "ResponseParseError",
        status,
        operationId: "createConnectorCustomizer",
      });
    },
  );

  test("may have a body when the operation returns no data", async () => {
    await using server = await answering(200, '{"unexpected":true}');
    expect(await clientOf(server).deleteConnectorCustomizer({ id })).toBeUndefined();
  });

  test("may have unknown members and lack known ones", async () => {
    await using server = await answering(
      202,
      '{"id":"a","created":"2009-11-10 23:00:00 +0000 UTC","new":[1],"name":null}',
    );
    expect(await clientOf(server).getConnectorCustomizer({ id })).toMatchObject({
      id: "a",
      new: [1],
      name: null,
    });
  });
});

describe("arbitrary bytes in place of a response", () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  beforeAll(() => void process.on("unhandledRejection", note));
  afterAll(() => void process.off("unhandledRejection", note));

  const operations = ["list", "get", "create", "delete", "upload", "raw", "token"] as const;

  test("cause data or an IscError, and no unhandled rejection", async () => {
    let answer: Uint8Array = new Uint8Array();
    // A TCP server, because an HTTP server always sends a valid head.
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const options = { baseUrl: url, rateLimit: false, logLevel: "off" } as const;
    const client = createClientWithClock(
      { ...options, auth: { accessToken: "t" }, retries: 0 },
      new EagerClock(),
    );
    const auth = { clientId: "id", clientSecret: "secret", tokenUrl: "discover" };
    const head = fc
      .tuple(
        fc.constantFrom(200, 201, 204, 301, 400, 401, 404, 429, 500, 999),
        fc.constantFrom("application/json", "text/html", "application/json; charset=utf-16", "", "x/y"),
        fc.constantFrom(
          "",
          "Content-Length: 5\r\n",
          "Content-Encoding: gzip\r\n",
          "Transfer-Encoding: chunked\r\n",
        ),
        fc.uint8Array({ maxLength: 200 }),
      )
      .map(([status, type, more, body]) =>
        Buffer.concat([
          Buffer.from(`HTTP/1.1 ${status} X\r\nContent-Type: ${type}\r\n${more}Connection: close\r\n\r\n`),
          body,
        ]),
      );
    const json = fc.json().map((text) => Buffer.from(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${text}`));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 300 }), head, json),
        fc.constantFrom(...operations),
        async (bytes, operation) => {
          answer = bytes;
          const id = "x";
          const call = {
            list: () => client.listConnectorCustomizers().all({ max: 3 }),
            get: () => client.getConnectorCustomizer({ id }),
            create: () => client.createConnectorCustomizer({ body: {} }),
            delete: () => client.deleteConnectorCustomizer({ id }),
            upload: () =>
              client.createConnectorCustomizerVersion({ id, body: new Uint8Array([1]) }, { checkZip: false }),
            raw: () => client.raw.GET("/connector-customizers"),
            token: () =>
              createClientWithClock({ ...options, auth }, new EagerClock()).listConnectorInstances(),
          }[operation];
          await call().then(
            () => {},
            (error: unknown) => expect(error).toBeInstanceOf(IscError),
          );
        },
      ),
      { numRuns: 1000 },
    );
    await new Promise((resolve) => server.close(resolve));
    expect(unhandled).toEqual([]);
  });
});

test("the error for a Content-Type that is not JSON is short, and shows no token", async () => {
  const type = `text/css; t=test-token${"x".repeat(1000)}`;
  await using server = await startServer((_, response) =>
    response.writeHead(200, { "Content-Type": type }).end("a"),
  );
  const error: unknown = await clientOf(server)
    .getConnectorCustomizer({ id: "x" })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ResponseParseError);
  expect((error as Error).message).toMatch(/got Content-Type "text\/css; t=\[redacted\]x{200,300}…"\.$/);
});
