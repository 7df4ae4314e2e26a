import type { BinaryBody, BodyKind } from "@isc-customizers/types";
import { abortable } from "../runtime/abort.ts";
import { type Binary, isBinary, isBytes } from "./binary.ts";
import { toConfigurationError } from "../errors/wrap-error.ts";
import { ConfigurationError } from "../errors/errors.ts";
import { openUpload, type Upload, type UploadOptions } from "./upload.ts";

/*
 * A program that only reads need not load this, nor what it needs: the client imports it when the first body is to be sent.
 */

/** A body, before it is sent. */
export interface BodySource {
  /** It can be opened again for another attempt. */
  readonly repeatable: boolean;
  /**
   * @param signal ends the wait for it
   * @param onProgress called whenever it goes on
   */
  readonly open: (signal: AbortSignal, onProgress: () => void) => Promise<Upload>;
  /** It will not be sent: a stream holds on to its source, a file or a connection, until it is told. */
  readonly discard?: (reason: unknown) => void;
}

/** @throws ConfigurationError for a value that cannot be sent as a body of this kind. */
export function bodySource(kind: BodyKind, value: unknown, options: UploadOptions): BodySource {
  switch (kind) {
    case "json":
      return always(jsonText(value));
    case "text":
      if (typeof value === "string") return always(value);
      throw new ConfigurationError(`The body must be a string; it is ${kindOf(value)}.`);
    case "multipart":
    case "urlencoded":
      if (isForm(value)) return always(value);
      throw new ConfigurationError(`The body must be a FormData or URLSearchParams; it is ${kindOf(value)}.`);
    case "binary":
      return typeof value === "function"
        ? { repeatable: true, open: opener(() => call(value as BinaryFunction), options) }
        : binarySource(binary(value), options);
  }
}

/** A body that `raw` was given. */
export function rawBodySource(body: BodyInit): BodySource {
  return isBinary(body) ? binarySource(body, { checkZip: false }) : always(body);
}

/** The body needs no serialization. */
export function isSentAsItIs(value: unknown): value is BodyInit {
  return isForm(value) || isBinary(value);
}

type BinaryFunction = Extract<BinaryBody, () => unknown>;
function always(body: BodyInit): BodySource {
  return { repeatable: true, open: () => Promise.resolve({ body }) };
}

function binarySource(source: Binary, options: UploadOptions): BodySource {
  return {
    repeatable: isBytes(source),
    open: opener(() => Promise.resolve(source), options),
    discard(reason) {
      if (source instanceof ReadableStream && !source.locked) source.cancel(reason).catch(() => {});
    },
  };
}

function opener(source: () => Promise<Binary>, options: UploadOptions): BodySource["open"] {
  return async (signal, onProgress) =>
    await openUpload(await abortable(source(), signal), options, signal, onProgress);
}

async function call(given: BinaryFunction): Promise<Binary> {
  try {
    return binary(await given());
  } catch (cause) {
    throw toConfigurationError("The function that gives the body failed", cause);
  }
}

function jsonText(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new ConfigurationError(`The body must be JSON; it is ${kindOf(value)}.`);
  return text;
}

function binary(source: unknown): Binary {
  if (!isBinary(source)) {
    // A path or a URL would be sent as if it were the file.
    throw new ConfigurationError(
      `The body must be a Blob, bytes, a stream, an async iterable of bytes, or a function that gives one; it is ${kindOf(source)}.`,
    );
  }
  if (source instanceof ReadableStream && source.locked) {
    throw new ConfigurationError("The body is a stream that is being read already.");
  }
  // Bytes that were transferred elsewhere would be sent as none; a view of them cannot be made.
  if (source instanceof ArrayBuffer) void new Uint8Array(source);
  else if (ArrayBuffer.isView(source)) void new Uint8Array(source.buffer);
  return source;
}

function isForm(value: unknown): value is FormData | URLSearchParams {
  return value instanceof FormData || value instanceof URLSearchParams;
}

function kindOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "null" : `a ${typeof value}`;
  return `a ${value.constructor?.name || "bare object"}`;
}
