import { CallbackError, ConfigurationError } from "../errors/errors.ts";
import { reasonOf } from "../errors/reason.ts";
import { type Binary, isStream } from "./binary.ts";
import { blobBytes, isBlob } from "./blob.ts";
import { bytesOf } from "./bytes.ts";
import { endSource } from "./end-source.ts";

/** A binary body that is read piece by piece. */
export interface Pieces {
  /** @returns `undefined` at the end. @throws CallbackError if the caller's source fails. */
  readonly next: () => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Ends the source, also while `next` waits for it. Resolves when the source has ended. */
  readonly close: (reason: unknown) => Promise<void>;
}

/** Length of a piece of a body in memory, in bytes. */
const pieceSize = 65_536;

export function readPieces(source: Binary): Pieces {
  const { read, close } = readerOf(source);
  const isBytes = source instanceof Uint8Array;
  return {
    async next() {
      const { done, value } = await read()
        // An iterator may return a value that is not an object.
        .then((result) => ({ done: result.done, value: result.value }))
        .catch((cause: unknown) => {
          const reason = reasonOf(cause);
          throw isBlob(source)
            ? new ConfigurationError(`The body could not be read: ${reason}`, { cause })
            : new CallbackError("body", reason, { cause });
        });
      if (done === true) return undefined;
      const bytes = bytesOf(value);
      // A copy, because a generator may reuse its memory before the piece is sent.
      return isBytes ? bytes : bytes.slice();
    },
    close: (reason) => close(reason).catch(() => {}),
  };
}

interface Reader {
  readonly read: () => Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  readonly close: (reason: unknown) => Promise<void>;
}

function readerOf(source: Binary): Reader {
  if (source instanceof Uint8Array) return iterate(cut(source));
  if (isBlob(source)) return "stream" in source ? readStream(source.stream()) : iterate(cutBlob(source));
  return isStream(source) ? readStream(source) : iterate(source);
}

/** Reads a stream without its iterator, which some runtimes lack, and which cannot end the stream while a read is pending. */
function readStream(stream: ReadableStream): Reader {
  let reader: ReadableStreamDefaultReader | undefined;
  return {
    read: async () => await (reader ??= stream.getReader()).read(),
    close: (reason) => (reader ?? stream).cancel(reason),
  };
}

function iterate(source: AsyncIterable<unknown>): Reader {
  let iterator: AsyncIterator<unknown> | undefined;
  return {
    read: async () => await (iterator ??= source[Symbol.asyncIterator]()).next(),
    close: () => endSource(source, iterator),
  };
}

async function* cut(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
}

async function* cutBlob(blob: Blob): AsyncGenerator<Uint8Array> {
  yield* cut(await blobBytes(blob));
}
