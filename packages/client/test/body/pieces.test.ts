import { createServer, connect, type AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { type Binary, toBinary } from "../../src/body/binary.ts";
import { type Pieces, readPieces } from "../../src/body/pieces.ts";
import { CallbackError } from "../../src/errors/errors.ts";
import { ConfigurationError } from "../../src/index.ts";
import {
  inOtherRealm,
  inSharedMemory,
  JsdomBlob,
  piecesOf,
  reusingMemory,
  stallingStream,
  streamOf,
  zipOf,
  zipStart,
} from "../support/bodies.ts";
import { rejection } from "../support/rejection.ts";

const bytes = zipOf(150_000);

async function readAll({ next }: Pieces): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for (let piece = await next(); piece !== undefined; piece = await next()) pieces.push(piece);
  return pieces;
}

/** Wraps a stream, so that it looks like one of a polyfill or of another realm. */
function foreignStream(stream: ReadableStream): object {
  return {
    locked: false,
    getReader: () => stream.getReader(),
    cancel: (reason: unknown) => stream.cancel(reason),
  };
}

describe("the pieces of a body are read", () => {
  test.each<[string, () => unknown]>([
    ["bytes", () => bytes],
    ["bytes of another realm", () => inOtherRealm(bytes)],
    ["shared memory", () => inSharedMemory(bytes)],
    ["a Blob", () => new Blob([bytes])],
    ["a Blob without `stream`", () => new JsdomBlob([bytes])],
    ["a stream", () => streamOf(bytes)],
    ["a stream of another realm", () => foreignStream(streamOf(bytes))],
    ["a Readable", () => Readable.from([Buffer.from(bytes)])],
    ["a generator", () => piecesOf(bytes)],
    ["a generator that reuses its memory", () => reusingMemory(bytes)],
    [
      "a generator of shared memory",
      async function* () {
        yield await Promise.resolve(inSharedMemory(bytes));
      },
    ],
  ])("from %s", async (_, body) => {
    const pieces = await readAll(readPieces(toBinary(body())));
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
    for (const piece of pieces) expect(piece.buffer).toBeInstanceOf(ArrayBuffer);
  });

  test("of 64 KiB from bytes, without a copy", async () => {
    const pieces = await readAll(readPieces(bytes));
    expect(pieces.map(({ length }) => length)).toEqual([65_536, 65_536, 18_928]);
    for (const piece of pieces) expect(piece.buffer).toBe(bytes.buffer);
  });
});

test("an iterator that does not return an object causes a CallbackError", async () => {
  const source = { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve(undefined) }) };
  const error = await rejection(readPieces(toBinary(source)).next());
  expect(error).toMatchObject({ name: "CallbackError", callback: "body" });
});

describe("a source that fails", () => {
  const failing: [string, () => unknown][] = [
    ["a stream", () => new ReadableStream({ pull: () => Promise.reject(new Error("the disk is gone")) })],
    [
      "a Readable",
      () => new Readable({ read: () => {}, construct: (done) => done(new Error("the disk is gone")) }),
    ],
    [
      "a generator",
      // oxlint-disable-next-line require-yield -- it fails before
      async function* (): AsyncGenerator<Uint8Array> {
        throw await Promise.resolve(new Error("the disk is gone"));
      },
    ],
    [
      "an iterable",
      () => ({
        [Symbol.asyncIterator]: () => {
          throw new Error("the disk is gone");
        },
      }),
    ],
    [
      "an iterator",
      () => ({
        [Symbol.asyncIterator]: () => ({
          next() {
            throw new Error("the disk is gone");
          },
        }),
      }),
    ],
  ];

  test.each(failing)("causes a CallbackError: %s", async (_, body) => {
    const error = await rejection(readPieces(toBinary(body())).next());
    expect(error).toBeInstanceOf(CallbackError);
    expect(error).toMatchObject({ callback: "body", message: "The function body threw: the disk is gone" });
  });

  test("causes a ConfigurationError if it is a Blob", async () => {
    const blob = new JsdomBlob([zipStart]);
    blob.arrayBuffer = () => Promise.reject(new Error("the file was changed"));
    const error = await rejection(readPieces(toBinary(blob)).next());
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toBe("The body could not be read: the file was changed");
  });

  test("causes a ConfigurationError if it returns a value that is not bytes", async () => {
    const pieces = readPieces(Readable.from(["text"]));
    await expect(pieces.next()).rejects.toThrow(ConfigurationError);
  });
});

describe("`close` during a read", () => {
  /** Starts to read, and closes while the read waits. */
  async function closeDuringRead(source: Binary): Promise<void> {
    const pieces = readPieces(source);
    const read = pieces.next().catch(() => {});
    await new Promise(setImmediate);
    await pieces.close("enough");
    await read;
  }

  test("destroys a Readable, and resolves when it has closed", async () => {
    let destroyed = false;
    const source = new Readable({
      read() {},
      destroy(_, done) {
        setImmediate(() => {
          destroyed = true;
          done(new Error("closing failed"));
        });
      },
    });
    const pieces = readPieces(toBinary(source));
    const read = rejection(pieces.next());
    await pieces.close("enough");
    expect([destroyed, source.closed]).toEqual([true, true]);
    await read;
  });

  test("destroys a socket", async () => {
    const server = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    await new Promise((resolve) => socket.once("connect", resolve));
    await closeDuringRead(toBinary(socket));
    expect(socket.destroyed).toBe(true);
    await new Promise((resolve) => server.close(resolve));
  });

  test("destroys an iterable with a `destroy` of its own", async () => {
    const pending = Promise.withResolvers<IteratorResult<Uint8Array>>();
    let destroyed = 0;
    const source = {
      [Symbol.asyncIterator]: () => ({ next: () => pending.promise }),
      destroy() {
        destroyed++;
        pending.reject(new Error("destroyed"));
      },
    };
    await closeDuringRead(toBinary(source));
    expect(destroyed).toBe(1);
  });

  test("cancels a stream with the reason", async () => {
    const { body, cancelled } = stallingStream();
    await closeDuringRead(body);
    expect(await cancelled).toBe("enough");
  });

  test("calls `return` of an iterator", async () => {
    const pending = Promise.withResolvers<IteratorResult<Uint8Array>>();
    let returned = 0;
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => pending.promise,
        return() {
          returned++;
          pending.resolve({ done: true, value: undefined });
          return pending.promise;
        },
      }),
    };
    await closeDuringRead(source);
    expect(returned).toBe(1);
  });

  test("ends a generator at its next piece, and resolves then", async () => {
    const order: string[] = [];
    const pending = Promise.withResolvers<void>();
    async function* generator() {
      try {
        await pending.promise;
        yield zipStart;
        order.push("another piece");
      } finally {
        order.push("ended");
      }
    }
    const pieces = readPieces(generator());
    const read = pieces.next();
    const closed = pieces.close("enough").then(() => order.push("closed"));
    pending.resolve();
    await closed;
    expect(order).toEqual(["ended", "closed"]);
    expect(await read).toEqual(zipStart);
  });
});

describe("`close`", () => {
  test("before the first read ends the source", async () => {
    const { body, cancelled } = stallingStream();
    await readPieces(body).close("enough");
    expect(await cancelled).toBe("enough");
    const readable = new Readable({ read() {} });
    await readPieces(toBinary(readable)).close("enough");
    expect(readable.closed).toBe(true);
    const generator = piecesOf(zipStart);
    await readPieces(generator).close("enough");
    expect(await generator.next()).toMatchObject({ done: true });
  });

  test("can be called again", async () => {
    for (const source of [zipStart, new Blob([zipStart]), Readable.from([zipStart]), piecesOf(zipStart)]) {
      const pieces = readPieces(toBinary(source));
      await readAll(pieces);
      await pieces.close("enough");
      await pieces.close("enough");
    }
  });

  test("ignores a source that cannot be ended", async () => {
    const noReturn = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("no")) }) };
    await readPieces(noReturn).close("enough");
    const failing = new ReadableStream({ cancel: () => Promise.reject(new Error("busy")) });
    await readPieces(failing).close("enough");
  });
});
