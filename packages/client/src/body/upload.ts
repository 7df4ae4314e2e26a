import { abortable } from "../runtime/abort.ts";
import { isBrowser } from "../runtime/platform.ts";
import { type Binary, sendable } from "./binary.ts";
import { blobBytes, isBlob, isPlatformBlob } from "./blob.ts";
import type { OpenBody, OpenOptions } from "./open-body.ts";
import { type Pieces, readPieces } from "./pieces.ts";
import { type OnUploadProgress, reportProgress } from "./upload-progress.ts";
import { readZipStart } from "./zip-check.ts";

/** Options of a call that concern its binary body. */
export interface UploadOptions {
  /** `true`: the body must begin like a zip. */
  readonly checkZip: boolean;
  readonly onUploadProgress?: OnUploadProgress | undefined;
}

/** Shortest body that is sent as a stream, in bytes. A shorter one is sent with its length. */
const streamedFrom = 1_048_576;

/**
 * Opens a binary body for one attempt. Reads and checks its start before anything is sent. A large body, a body of unknown length, and a
 * body with `onUploadProgress` are sent as a stream if the runtime supports it. Any other body is sent whole.
 * @throws ConfigurationError if the body is not a zip but must be, or is not made of bytes.
 * @throws CallbackError if the source or `onUploadProgress` fails.
 */
export async function openUpload(
  source: Binary,
  { checkZip, onUploadProgress }: UploadOptions,
  { signal, attempt, onProgress }: OpenOptions,
): Promise<OpenBody> {
  const total = source instanceof Uint8Array ? source.length : isBlob(source) ? source.size : undefined;
  const pieces = readPieces(source);
  let sent = 0;
  let isEnded = false;
  let failure: unknown;
  let controller: ReadableStreamDefaultController | undefined;

  const end = (reason: unknown) => {
    isEnded = true;
    controller?.error(reason);
  };
  const fail = (error: unknown) => {
    // After an abort the source may fail too, but the caller expects the error of the abort.
    if (!isEnded && !signal.aborted) failure = error;
    end(error);
  };
  const close = async (reason: unknown) => {
    end(reason);
    await pieces.close(reason);
  };
  const report = (size = total) => {
    onProgress();
    reportProgress(onUploadProgress, { sent, total: size, attempt }, fail);
  };

  try {
    const first = await abortable(checkZip ? readZipStart(pieces.next) : pieces.next(), signal);
    report();
    if (sendsStreams() && (total === undefined || total >= streamedFrom || onUploadProgress)) {
      return { body: streamFrom(first), failure: () => failure, close };
    }
    const body = sendable(source) ?? (await gather(first, pieces, signal, onProgress));
    if (failure !== undefined) throw failure;
    void pieces.close(undefined);
    return {
      body,
      complete() {
        sent = body instanceof Uint8Array ? body.length : body.size;
        try {
          if (!isEnded) report(sent);
        } catch (error) {
          fail(error);
        }
        isEnded = true;
        if (failure !== undefined) throw failure;
      },
      failure: () => failure,
      close,
    };
  } catch (error) {
    void close(error);
    throw error;
  }

  function streamFrom(first: Uint8Array<ArrayBuffer> | undefined): ReadableStream {
    let start = first;
    return new ReadableStream(
      {
        start: (streamController) => void (controller = streamController),
        async pull(streamController) {
          try {
            const piece = start ?? (await pieces.next());
            start = undefined;
            if (isEnded) return;
            if (piece === undefined) {
              isEnded = true;
              return streamController.close();
            }
            streamController.enqueue(piece);
            sent += piece.length;
            report();
          } catch (error) {
            fail(error);
          }
        },
        cancel: close,
      },
      { highWaterMark: 0 },
    );
  }
}

/** Browsers and jsdom cannot send a stream, and some runtimes have no streams. */
function sendsStreams(): boolean {
  return !isBrowser() && typeof ReadableStream === "function";
}

/** Reads a body to its end. */
async function gather(
  first: Uint8Array<ArrayBuffer> | undefined,
  { next }: Pieces,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<Blob | Uint8Array<ArrayBuffer>> {
  const gathered: Uint8Array<ArrayBuffer>[] = [];
  for (let piece = first; piece !== undefined; piece = await abortable(next(), signal)) {
    gathered.push(piece);
    onProgress();
  }
  const blob = new Blob(gathered);
  return isPlatformBlob(blob) ? blob : await blobBytes(blob);
}
