import { type AddressInfo, createServer } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { IscError, ResponseParseError } from "../../src/index.ts";
import { EagerClock } from "../support/clock.ts";
import { clientOf, startServer } from "../support/server.ts";

test("a list is what a model of the server says, whatever its pages", async () => {
  const items = Array.from({ length: 40 }, (_, number) => ({ id: `${number}` }));
  let total = 0;
  let most = 0;
  await using server = await startServer((request, response) => {
    const query = new URL(request.url ?? "", "http://localhost").searchParams;
    const offset = Number(query.get("offset") ?? 0);
    const limit = Math.min(Number(query.get("limit") ?? 250), most);
    response.end(JSON.stringify(items.slice(0, total).slice(offset, offset + limit)));
  });
  const client = clientOf(server, { rateLimit: false });
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        total: fc.nat(40),
        most: fc.integer({ min: 1, max: 12 }),
        limit: fc.integer({ min: 1, max: 20 }),
        offset: fc.nat(45),
        max: fc.option(fc.nat(45), { nil: undefined }),
        lookAhead: fc.boolean(),
      }),
      async (given) => {
        ({ total, most } = given);
        const { limit, offset, max, lookAhead } = given;
        const expected = items.slice(0, total).slice(offset);
        expect(await client.listConnectorCustomizers({ limit, offset }).all({ max })).toEqual(
          expected.slice(0, max),
        );
        const pages: unknown[] = [];
        for await (const page of client.listConnectorCustomizers({ limit, offset }).pages({ lookAhead })) {
          expect(page.length).toBeGreaterThan(0);
          pages.push(...page);
        }
        expect(pages).toEqual(expected);
      },
    ),
    { numRuns: 150 },
  );
});

describe("arbitrary bytes as a response", () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  beforeAll(() => void process.on("unhandledRejection", note));
  afterAll(() => void process.off("unhandledRejection", note));

  const operations = ["list", "get", "create", "delete", "upload", "raw", "token"] as const;

  test("give data or a typed error, and nothing else", async () => {
    let answer: Uint8Array = new Uint8Array();
    // Below HTTP, so that not even the head of the response is sound.
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
