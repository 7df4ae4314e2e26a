import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import {
  AbortError,
  ApiError,
  type BinaryBody,
  type ClientOptions,
  ConfigurationError,
  ConnectionError,
  TimeoutError,
  type UploadProgress,
} from "../../src/index.ts";
import { ManualClock } from "../support/clock.ts";
import { startServer, unusedUrl } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const zipStart = new Uint8Array([0x50, 0x4b, 3, 4, ...new Uint8Array(96)]);
const megabyte = 1_048_576;

function zipOf(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size).map((_, at) => at % 251);
  bytes.set(zipStart);
  return bytes;
}

function clientOn(url: string, clock: ManualClock, options: Partial<ClientOptions> = {}) {
  return createClientWithClock({ baseUrl: url, auth: { accessToken: "t" }, rateLimit: false, ...options }, clock);
}

/** A server that hands a request to the test as soon as it has its head. */
async function startIdleServer() {
  const arrived = Promise.withResolvers<{ firstPiece: Promise<unknown>; gone: Promise<unknown> }>();
  const server = createServer((request) => {
    const gone = new Promise((resolve) => request.once("close", resolve));
    const firstPiece = new Promise((resolve) => request.once("data", resolve));
    arrived.resolve({ firstPiece, gone });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived: arrived.promise,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  return await promise.then(
    () => expect.fail("There was no error."),
    (error: unknown) => error,
  );
}

/** A stream that gives these pieces and then no more, without an end; and that tells when it is let go. */
function stalling(...pieces: Uint8Array[]) {
  const cancelled = Promise.withResolvers<unknown>();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) return new Promise(() => {});
      controller.enqueue(piece as Uint8Array<ArrayBuffer>);
      return undefined;
    },
    cancel: cancelled.resolve,
  });
  return { body, cancelled: cancelled.promise };
}

describe("an upload", () => {
  test("that goes on may take longer than an attempt", async () => {
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

  test("that goes on for ever ends with the time for all", async () => {
    const clock = new ManualClock();
    await using server = await startServer((_, response) => response.end("null"));
    async function* forEver() {
      for (;;) {
        await clock.advance(20_000);
        yield zipStart;
      }
    }
    const call = clientOn(server.url, clock).createConnectorCustomizerVersion({ id, body: forEver() });
    const error = await rejection(call);
    expect(error).toBeInstanceOf(TimeoutError);
    expect((error as Error).message).toMatch(/took longer than 300000 ms/);
    expect(clock.pending).toBe(0);
  });

  test("that goes on faster than a timer runs out ends with the time for all, too", async () => {
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
    expect((error as Error).message).toMatch(/took longer than 10 ms in all/);
    expect(clock.now()).toBeLessThan(15);
    expect(clock.pending).toBe(0);
  });

  test("that stalls ends when it has for as long as an attempt may take, and lets its source go", async () => {
    const clock = new ManualClock();
    await using server = await startIdleServer();
    const { body, cancelled } = stalling(zipStart);
    const call = rejection(clientOn(server.url, clock).createConnectorCustomizerVersion({ id, body }));
    await (
      await server.arrived
    ).firstPiece;
    await clock.advance(30_000);
    expect(await call).toBeInstanceOf(TimeoutError);
    await (
      await server.arrived
    ).gone;
    await cancelled;
    expect(clock.pending).toBe(0);
  });

  test("that is not taken ends, too", async () => {
    const clock = new ManualClock();
    await using server = await startIdleServer();
    const client = clientOn(server.url, clock);
    const call = rejection(client.createConnectorCustomizerVersion({ id, body: zipOf(64 * megabyte) }));
    await server.arrived;
    await clock.advance(30_000);
    // What the sockets' buffers have taken was progress.
    await clock.advance(30_000);
    expect(await call).toBeInstanceOf(TimeoutError);
    expect(clock.pending).toBe(0);
  });

  test.each<[string, (clock: ManualClock, controller: AbortController) => unknown, unknown]>([
    ["takes too long", (clock) => clock.advance(30_000), TimeoutError],
    ["is aborted", (_, controller) => controller.abort(), AbortError],
  ])("that waits for its first piece and %s ends, and lets its source go", async (_, end, expected) => {
    const clock = new ManualClock();
    await using server = await startIdleServer();
    const { body, cancelled } = stalling();
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

  test("in the smallest of pieces, some of them empty, is a zip all the same", async () => {
    await using server = await startServer((_, response) => response.end("null"));
    async function* bytes() {
      yield new Uint8Array();
      for (const byte of zipStart) yield await Promise.resolve(new Uint8Array([byte]));
    }
    const told: number[] = [];
    const onUploadProgress = ({ sent }: UploadProgress) => void told.push(sent);
    const client = clientOn(server.url, new ManualClock());
    await client.createConnectorCustomizerVersion({ id, body: bytes() }, { onUploadProgress });
    expect(server.requests[0]?.body).toBe(new TextDecoder().decode(zipStart));
    expect(told.at(-1)).toBe(zipStart.length);
  });

  test("that waits for an iterable's first piece ends, too", async () => {
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

describe("a source that is not used up is let go", () => {
  test("when nobody listens", async () => {
    const { body, cancelled } = stalling(zipStart);
    const client = clientOn(unusedUrl, new ManualClock());
    expect(await rejection(client.createConnectorCustomizerVersion({ id, body }))).toBeInstanceOf(
      ConnectionError,
    );
    await cancelled;
  });

  test("when it is no zip", async () => {
    const { body, cancelled } = stalling(new Uint8Array(100));
    const client = clientOn("http://localhost", new ManualClock());
    expect(await rejection(client.createConnectorCustomizerVersion({ id, body }))).toBeInstanceOf(
      ConfigurationError,
    );
    await cancelled;
  });

  test.each([200, 413])(
    "when the server answers %i before it has all, and no timer is left",
    async (status) => {
      const clock = new ManualClock();
      let piecesAfter = 0;
      const answered = Promise.withResolvers<void>();
      const server = createServer((request, response) => {
        request.once("data", () => {
          response.writeHead(status, { "Content-Type": "application/json" }).end("null");
          request.resume();
        });
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const more = Promise.withResolvers<void>();
      async function* source() {
        yield zipStart;
        await answered.promise;
        for (; piecesAfter < 5; piecesAfter++) yield zipStart;
        more.resolve();
      }
      const outcome = await clientOn(url, clock)
        .createConnectorCustomizerVersion({ id, body: source() })
        .catch((error: unknown) => error);
      if (status === 200) expect(outcome).toBeNull();
      else expect(outcome).toBeInstanceOf(ApiError);
      answered.resolve();
      // The platform may go on to send what is left: then the client no longer counts the time.
      await Promise.race([more.promise, new Promise((resolve) => server.once("close", resolve).close())]);
      server.closeAllConnections();
      expect(clock.pending).toBe(0);
    },
  );
});

describe("a source that fails", () => {
  test.each<[string, () => BinaryBody]>([
    [
      "as a stream",
      () => {
        const pieces = [zipStart];
        return new ReadableStream({
          pull(controller) {
            const next = pieces.pop();
            if (next) controller.enqueue(next);
            else controller.error(new Error("the disk is gone"));
          },
        });
      },
    ],
    [
      "as an iterable",
      async function* () {
        yield await Promise.resolve(zipStart);
        throw new Error("the disk is gone");
      },
    ],
    [
      "at once",
      // oxlint-disable-next-line require-yield -- it fails before
      async function* (): AsyncGenerator<Uint8Array> {
        throw await Promise.resolve(new Error("the disk is gone"));
      },
    ],
    ["as a function", () => () => Promise.reject(new Error("the disk is gone"))],
  ])("%s is an error that says so, and nothing is sent again", async (_, body) => {
    const clock = new ManualClock();
    await using server = await startServer((_request, response) => response.end("null"));
    const error = await rejection(
      clientOn(server.url, clock).createConnectorCustomizerVersion({ id, body: body() }),
    );
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toContain("the disk is gone");
    expect(server.requests).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test("with a piece that is no bytes, says so", async () => {
    await using server = await startServer((_request, response) => response.end("null"));
    async function* texts() {
      yield await Promise.resolve(zipStart);
      yield "text";
    }
    const client = clientOn(server.url, new ManualClock());
    const call = client.createConnectorCustomizerVersion({ id, body: texts() as AsyncIterable<Uint8Array> });
    await expect(call).rejects.toThrow(/made of bytes; there is a string in it/);
    expect(server.requests).toEqual([]);
  });
});

describe("progress", () => {
  const size = 3 * megabyte + 17;
  test.each<[string, () => BinaryBody, number | undefined]>([
    ["bytes", () => zipOf(size), size],
    ["a Blob", () => new Blob([zipOf(size)]), size],
    ["a function that gives a stream", () => () => new Blob([zipOf(size)]).stream(), undefined],
  ])("of %s is told from the start of each attempt to its end", async (_, body, total) => {
    let refused = 0;
    const clock = new ManualClock();
    await using server = await startServer((_request, response) => {
      if (refused++ === 0) response.writeHead(429, { "Retry-After": "5" }).end();
      else response.end("null");
    });
    const told: UploadProgress[] = [];
    const onUploadProgress = (progress: UploadProgress) => void told.push(progress);
    const waits = clock.asked(5000);
    const call = clientOn(server.url, clock)
      .createConnectorCustomizerVersion({ id, body: body() }, { onUploadProgress })
      .then((data) => data);
    await waits;
    await clock.advance(5000);
    expect(await call).toBeNull();
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.body).toBe(server.requests[0]?.body);
    const starts = told.flatMap(({ sent }, at) => (sent === 0 ? [at] : []));
    expect(starts).toHaveLength(2);
    for (const [at, start] of starts.entries()) {
      const attempt = told.slice(start, starts[at + 1]);
      expect(attempt.map(({ sent }) => sent)).toEqual(
        attempt.map(({ sent }) => sent).toSorted((a, b) => a - b),
      );
      expect(attempt.at(-1)).toEqual({ sent: size, total });
    }
  });

  test("told to a function that fails is the caller's own error, in ours", async () => {
    await using server = await startServer((_request, response) => response.end("null"));
    const onUploadProgress = () => {
      throw new Error("no such element");
    };
    const client = clientOn(server.url, new ManualClock());
    const call = client.createConnectorCustomizerVersion({ id, body: zipStart }, { onUploadProgress });
    await expect(call).rejects.toThrow(ConfigurationError);
    await expect(call).rejects.toThrow(/no such element/);
    expect(server.requests).toEqual([]);
  });
});
