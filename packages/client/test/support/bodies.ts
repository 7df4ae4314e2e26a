import { createServer } from "node:http";
import { runInNewContext } from "node:vm";
import { zipSync } from "fflate";
import { isBlob } from "../../src/body/blob.ts";
import type { BodySource } from "../../src/body/body-source.ts";
import type { OpenBody, OpenOptions } from "../../src/body/open-body.ts";
import { createClientWithClock } from "../../src/create-client.ts";
import type { ClientOptions } from "../../src/index.ts";
import type { ManualClock } from "./clock.ts";
import { listen } from "./server.ts";

/** Id of a connector customizer. */
export const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

/** A valid zip of a customizer. */
export const zip = zipSync({
  "index.js": new TextEncoder().encode("module.exports = {}"),
  "connector-spec.json": new Uint8Array(2),
});

/** 100 bytes that begin like a zip. */
export const zipStart = new Uint8Array([0x50, 0x4b, 3, 4, ...new Uint8Array(96)]);

export const mebibyte = 1_048_576;

/** Bytes that begin like a zip. */
export function zipOf(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size).map((_, at) => at % 251);
  bytes.set(zipStart);
  return bytes;
}

export function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 50) controller.enqueue(bytes.slice(at, at + 50));
      controller.close();
    },
  });
}

export async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 50) yield await Promise.resolve(bytes.slice(at, at + 50));
}

/** Yields the bytes in pieces that share the same memory. */
export async function* reusingMemory(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(50);
  for (let at = 0; at < bytes.length; at += memory.length) {
    const next = bytes.subarray(at, at + memory.length);
    memory.set(next);
    yield await Promise.resolve(memory.subarray(0, next.length));
  }
}

/** Creates a stream that yields these pieces and then stalls. `cancelled` resolves to the reason when it is cancelled. */
export function stallingStream(...pieces: Uint8Array[]) {
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

/** A copy of the bytes in a typed array of another realm. */
export function inOtherRealm(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return runInNewContext("Uint8Array.from(bytes)", { bytes: [...bytes] }) as Uint8Array<ArrayBuffer>;
}

/** A copy of the bytes in shared memory. */
export function inSharedMemory(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

/** A Blob as in jsdom: of another class than the platform's, and without `stream`. */
export class JsdomBlob {
  readonly #bytes: Uint8Array;

  constructor(parts: readonly Uint8Array[]) {
    this.#bytes = new Uint8Array(Buffer.concat(parts));
  }

  get size(): number {
    return this.#bytes.length;
  }

  get [Symbol.toStringTag](): string {
    return "Blob";
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.resolve(inOtherRealm(this.#bytes).buffer);
  }
}

/** Creates a Blob of jsdom, with the type that callers see. */
export function jsdomBlob(part: Uint8Array): Blob {
  const blob: unknown = new JsdomBlob([part]);
  if (isBlob(blob)) return blob;
  throw new Error("The client does not recognize a Blob of jsdom.");
}

/** Opens a body for its first attempt. */
export function openBody(
  source: BodySource,
  { signal = new AbortController().signal, attempt = 1, onProgress = () => {} }: Partial<OpenOptions> = {},
): Promise<OpenBody> {
  return source.open({ signal, attempt, onProgress });
}

export async function bytesOfBody({ body }: OpenBody): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body).arrayBuffer());
}

/** Creates a client with this clock. */
export function clientOn(url: string, clock: ManualClock, options: Partial<ClientOptions> = {}) {
  return createClientWithClock(
    { baseUrl: url, auth: { accessToken: "t" }, rateLimit: false, ...options },
    clock,
  );
}

/**
 * Starts a server that does not answer. `arrived` resolves when the head of a request has arrived. `gone` resolves when the request has
 * ended: to `true` if it was complete.
 */
export async function startIdleServer() {
  const arrived = Promise.withResolvers<{ firstPiece: Promise<unknown>; gone: Promise<boolean> }>();
  const server = createServer((request) => {
    const gone = new Promise<boolean>((resolve) => request.once("close", () => resolve(request.complete)));
    const firstPiece = new Promise((resolve) => request.once("data", resolve));
    arrived.resolve({ firstPiece, gone });
  });
  return { ...(await listen(server)), arrived: arrived.promise };
}
