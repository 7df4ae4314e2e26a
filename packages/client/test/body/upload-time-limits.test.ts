import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { AbortError, TimeoutError } from "../../src/index.ts";
import {
  clientOn,
  id,
  mebibyte,
  stallingStream,
  startIdleServer,
  zipOf,
  zipStart,
} from "../support/bodies.ts";
import { ManualClock } from "../support/clock.ts";
import { startServer } from "../support/server.ts";
import { rejection } from "../support/rejection.ts";

describe("`timeout`", () => {
  test("starts again with each piece of an upload", async () => {
    const clock = new ManualClock();
    await using server = await startServer((_, response) => response.end("null"));
    async function* slowly() {
      for (let piece = 0; piece < 10; piece++) {
        await clock.advance(20_000);
        yield zipStart;
      }
    }
    const client = clientOn(server.url, clock);
    expect(await client.createConnectorCustomizerVersion({ id, body: slowly() })).toBeNull();
    expect(clock.now()).toBe(200_000);
    expect(server.requests[0]?.body).toHaveLength(1000);
    expect(clock.pending).toBe(0);
  });

  test("ends an upload that stalls, and its source", async () => {
    const clock = new ManualClock();
    await using server = await startIdleServer();
    const { body, cancelled } = stallingStream(zipStart);
    const call = rejection(clientOn(server.url, clock).createConnectorCustomizerVersion({ id, body }));
    const { firstPiece, gone } = await server.arrived;
    await firstPiece;
    await clock.advance(30_000);
    expect(await call).toBeInstanceOf(TimeoutError);
    await Promise.all([gone, cancelled]);
    expect(clock.pending).toBe(0);
  });

  test("ends an upload that the server does not read", async () => {
    const clock = new ManualClock();
    await using server = await startIdleServer();
    const client = clientOn(server.url, clock);
    const call = rejection(client.createConnectorCustomizerVersion({ id, body: zipOf(64 * mebibyte) }));
    await server.arrived;
    await clock.advance(30_000);
    // The buffers of the sockets took some pieces, so the time started again.
    await clock.advance(30_000);
    expect(await call).toBeInstanceOf(TimeoutError);
    expect(clock.pending).toBe(0);
  });

  test("ends the wait for the first piece of a generator", async () => {
    const clock = new ManualClock();
    async function* nothing(): AsyncGenerator<Uint8Array> {
      await new Promise(() => {});
      yield zipStart;
    }
    const client = clientOn("http://localhost", clock);
    const call = rejection(client.createConnectorCustomizerVersion({ id, body: nothing() }));
    await clock.advance(30_000);
    expect(await call).toBeInstanceOf(TimeoutError);
    expect(clock.pending).toBe(0);
  });
});

describe("`totalTimeout`", () => {
  test("ends an endless upload", async () => {
    const clock = new ManualClock();
    await using server = await startServer((_, response) => response.end("null"));
    async function* endless() {
      for (;;) {
        await clock.advance(20_000);
        yield zipStart;
      }
    }
    const call = clientOn(server.url, clock).createConnectorCustomizerVersion({ id, body: endless() });
    const error = await rejection(call);
    expect(error).toBeInstanceOf(TimeoutError);
    expect((error as Error).message).toMatch(/300,?000 ms/);
    expect(clock.pending).toBe(0);
  });

  test("ends an upload whose pieces come more often than a timer fires", async () => {
    const clock = new ManualClock();
    await using server = await startServer((_, response) => response.end("null"));
    async function* quickly() {
      for (let piece = 0; piece < 100; piece++) {
        await clock.advance(0.5);
        yield zipStart;
      }
    }
    const client = clientOn(server.url, clock, { totalTimeout: 10 });
    const error = await rejection(client.createConnectorCustomizerVersion({ id, body: quickly() }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect((error as Error).message).toMatch(/10 ms/);
    expect(clock.now()).toBeLessThan(15);
    expect(clock.pending).toBe(0);
  });
});

const endings: [string, (clock: ManualClock, controller: AbortController) => unknown, unknown][] = [
  ["a time-out", (clock) => clock.advance(30_000), TimeoutError],
  ["an abort", (_, controller) => controller.abort(), AbortError],
];

describe.each(endings)("%s", (_, end, expected) => {
  test("ends a source that has not yielded a piece", async () => {
    const clock = new ManualClock();
    await using server = await startIdleServer();
    const { body, cancelled } = stallingStream();
    const controller = new AbortController();
    const call = rejection(
      clientOn(server.url, clock).createConnectorCustomizerVersion(
        { id, body },
        { signal: controller.signal },
      ),
    );
    await clock.advance(1);
    await end(clock, controller);
    expect(await call).toBeInstanceOf(expected);
    await cancelled;
    expect(clock.pending).toBe(0);
  });

  test.each([
    ["before its first piece", []],
    ["after its first piece", [zipStart]],
  ])("destroys a stalled Readable %s", async (_when, pieces) => {
    const clock = new ManualClock();
    await using server = await startIdleServer();
    const body = new Readable({ read: () => void body.push(pieces.shift() ?? "") });
    const controller = new AbortController();
    const call = rejection(
      clientOn(server.url, clock).createConnectorCustomizerVersion({ id, body }, controller),
    );
    if (pieces.length > 0) await (await server.arrived).firstPiece;
    await clock.advance(1);
    const closed = once(body, "close");
    await end(clock, controller);
    expect(await call).toBeInstanceOf(expected);
    await closed;
    expect(body.destroyed).toBe(true);
  });

  test.each(["a Readable", "a socket", "a generator"])(
    "ends %s that stalls while the response is read",
    async (kind) => {
      const clock = new ManualClock();
      await using source = await startZipSource();
      const server = createServer((request, response) => {
        request.on("error", () => {});
        // The response begins before the request has ended, and does not end.
        request.once("data", () =>
          response.writeHead(200, { "Content-Type": "application/json" }).write("{"),
        );
      });
      await once(server.listen(0, "127.0.0.1"), "listening");
      const { port } = server.address() as AddressInfo;
      const ended = Promise.withResolvers<void>();
      const next = Promise.withResolvers<void>();
      async function* generator() {
        try {
          yield zipStart;
          await next.promise;
        } finally {
          ended.resolve();
        }
      }
      const readable = new Readable({ read() {} });
      readable.push(zipStart);
      const socket = connect(source.port, "127.0.0.1");
      const body = kind === "a generator" ? generator() : kind === "a socket" ? socket : readable;
      if (body instanceof Readable) body.once("close", ended.resolve);
      const controller = new AbortController();
      const reading = Promise.withResolvers<void>();
      const client = clientOn(`http://127.0.0.1:${port}`, clock, {
        fetch: async (url, init) => {
          const response = await fetch(url, init);
          setImmediate(reading.resolve);
          return response;
        },
      });
      const call = rejection(
        client.createConnectorCustomizerVersion({ id, body }, { signal: controller.signal, retries: 0 }),
      );
      await reading.promise;
      await end(clock, controller);
      expect(await call).toBeInstanceOf(expected);
      next.resolve();
      await ended.promise;
      readable.destroy();
      socket.destroy();
      server.closeAllConnections();
      server.close();
    },
  );
});

/** A TCP server that sends the start of a zip and then stalls. */
async function startZipSource() {
  const server = createTcpServer((socket) => socket.on("error", () => {}).write(zipStart));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
