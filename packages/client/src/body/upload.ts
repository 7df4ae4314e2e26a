import type { UploadProgress } from "@isc-customizers/types";
import { abortable } from "../runtime/abort.ts";
import { type Binary, isBytes } from "./binary.ts";
import { ConfigurationError } from "../errors/errors.ts";
import { isBrowser } from "../runtime/platform.ts";

/** How a binary body is watched while it is sent. */
export interface UploadOptions {
  /** It must begin like a zip. */
  readonly checkZip: boolean;
  readonly onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** A body on its way. */
export interface Upload {
  readonly body: BodyInit;
  /** It has been sent, as its answer says. */
  readonly arrived?: () => void;
  /** What went wrong in its source, where something did. */
  readonly failure?: () => unknown;
  /** Lets the source go, which may be a file or a connection. */
  readonly end?: () => void;
}

const piece = 65_536;
/** What is smaller is sent at once, with its length. */
const streamedFrom = 1_048_576;

/**
 * Makes of a binary body what is sent. It is looked at before anything is; and one that is large, or of unknown length, becomes a
 * stream that tells how far it is.
 * @throws ConfigurationError when it is to be a zip and is none, or what it gives is no bytes.
 */
export async function openUpload(
  source: Binary,
  { checkZip, onUploadProgress }: UploadOptions,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<Upload> {
  const total = isBytes(source) ? ("size" in source ? source.size : source.byteLength) : undefined;
  let sent = 0;
  const tell = (count: number) => {
    sent += count;
    onProgress();
    onUploadProgress?.({ sent, total });
  };
  const pieces = piecesOf(source);
  const end = () => void Promise.resolve(pieces.return?.()).catch(() => {});
  const read = async () => {
    const { done, value } = await pieces.next();
    return done ? undefined : bytesOf(value);
  };
  const gather = async () => {
    const blobs: Blob[] = [];
    for (let next = start; next !== undefined; next = await abortable(read(), signal)) {
      // A copy: whoever gives the pieces may use their memory again.
      blobs.push(new Blob([next as BlobPart]));
      onProgress();
    }
    return new Blob(blobs);
  };
  let failure: unknown;
  let start: Uint8Array | undefined;
  let complete: BodyInit | undefined;
  try {
    start = await abortable(checkZip ? readZipStart(read) : read(), signal);
    tell(0);
    if (isBytes(source)) {
      if (isBrowser() || (Number(total) < streamedFrom && !onUploadProgress)) complete = source as Blob;
    } else if (isBrowser()) complete = await gather();
  } catch (error) {
    end();
    throw error;
  }
  if (complete !== undefined) {
    end();
    const size = total ?? (complete as Blob).size;
    return {
      body: complete,
      arrived() {
        try {
          onUploadProgress?.({ sent: size, total: size });
        } catch (error) {
          failure = error;
          throw error;
        }
      },
      failure: () => failure,
    };
  }
  const body = new ReadableStream(
    {
      async pull(controller) {
        try {
          const next = start ?? (await read());
          start = undefined;
          if (next === undefined) return controller.close();
          controller.enqueue(next);
          tell(next.length);
        } catch (error) {
          failure = error;
          throw error;
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
  return { body, failure: () => failure, end };
}

/** The first of a zip's bytes, however small the pieces are in which they come. */
async function readZipStart(read: () => Promise<Uint8Array | undefined>): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array();
  while (start.length < 4) {
    const next = await read();
    if (next === undefined) break;
    start = start.length === 0 ? next : new Uint8Array([...start, ...next]);
  }
  if (isZipStart(start)) return start;
  throw new ConfigurationError(
    "The body is not a zip: it does not begin like one. `checkZip: false` sends it nevertheless.",
  );
}

/** A local file header, or the end of a zip that is empty (APPNOTE.TXT, sections 4.3.7 and 4.3.16). */
export function isZipStart([p, k, third, fourth]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}

function piecesOf(body: unknown): AsyncIterator<unknown> {
  if (body instanceof Blob) return piecesOf(body.stream());
  if (body instanceof ReadableStream) {
    // A stream's own iterator, which not every platform has, cannot be ended while it waits for a piece.
    const reader = body.getReader();
    return {
      next: () => reader.read() as Promise<IteratorResult<unknown>>,
      async return() {
        await reader.cancel();
        return { done: true, value: undefined };
      },
    };
  }
  return Symbol.asyncIterator in (body as object)
    ? (body as AsyncIterable<unknown>)[Symbol.asyncIterator]()
    : cut(bytesOf(body));
}

async function* cut(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw new ConfigurationError(`The body must be made of bytes; there is a ${typeof value} in it.`);
}
