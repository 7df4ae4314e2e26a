import type { UploadProgress } from "@isc-customizers/types";
import { ConfigurationError } from "./errors.ts";
import { isBinary, isBytes, type Sendable } from "./request-body.ts";

/** How a binary body is watched while it is sent. */
export interface UploadOptions {
  /** It must begin like a zip. */
  readonly checkZip: boolean;
  readonly onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** A body on its way. */
export interface Upload {
  readonly body: BodyInit;
  /** What went wrong in its source, where something did. */
  readonly failure: () => unknown;
}

const piece = 65_536;
/** What is smaller is sent at once, with its length. */
const streamedFrom = 1_048_576;

/**
 * Makes of a body what is sent. A binary one is looked at before anything is; and one that is large, or of unknown length, becomes
 * a stream that tells how far it is.
 * @throws ConfigurationError when it is to be a zip and is none, or what it gives is no bytes.
 */
export async function openUpload(
  source: Sendable,
  { checkZip, onUploadProgress }: UploadOptions,
  onProgress: () => void,
): Promise<Upload> {
  if (!isBinary(source)) return { body: source, failure() {} };
  const total = isBytes(source) ? ("size" in source ? source.size : source.byteLength) : undefined;
  let sent = 0;
  const tell = (count: number) => {
    sent += count;
    onProgress();
    onUploadProgress?.({ sent, total });
  };
  const pieces = piecesOf(source);
  let read: IteratorResult<Uint8Array, void> | undefined = await pieces.next();
  if (checkZip && !isZipStart(read.value ?? new Uint8Array())) {
    await pieces.return();
    throw new ConfigurationError(
      "The body is not a zip: it does not begin like one. `checkZip: false` sends it nevertheless.",
    );
  }
  tell(0);
  if (total !== undefined && (isBrowser() || (total < streamedFrom && !onUploadProgress))) {
    await pieces.return();
    return { body: source as Blob, failure() {} };
  }
  let failure: unknown;
  const body = new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = read ?? (await pieces.next());
          read = undefined;
          if (done) return controller.close();
          controller.enqueue(value);
          tell(value.length);
        } catch (error) {
          failure = error;
          throw error;
        }
      },
      async cancel() {
        await pieces.return();
      },
    },
    { highWaterMark: 0 },
  );
  return { body, failure: () => failure };
}

/** Browsers send a stream over HTTP/2 alone, if at all: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch */
function isBrowser(): boolean {
  return globalThis.navigator?.userAgent?.startsWith("Mozilla/");
}

/** A local file header, or the end of a zip that is empty (APPNOTE.TXT, sections 4.3.7 and 4.3.16). */
export function isZipStart([p, k, third, fourth]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}

async function* piecesOf(body: unknown): AsyncGenerator<Uint8Array, void, undefined> {
  if (body instanceof Blob) return yield* piecesOf(body.stream());
  if (body instanceof ReadableStream) {
    // Not every platform can iterate over a stream.
    const reader = body.getReader();
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) yield bytesOf(read.value);
    } finally {
      await reader.cancel();
    }
  } else if (Symbol.asyncIterator in (body as object)) {
    for await (const value of body as AsyncIterable<unknown>) yield bytesOf(value);
  } else {
    const bytes = bytesOf(body);
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw new ConfigurationError(`The body must be made of bytes; there is a ${typeof value} in it.`);
}
