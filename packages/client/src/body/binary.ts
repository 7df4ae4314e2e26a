import { ConfigurationError } from "../errors/errors.ts";
import { isBlob, isPlatformBlob } from "./blob.ts";
import { bytesOf, isBuffer } from "./bytes.ts";
import { destroyable } from "./end-source.ts";

/** A binary body that can be read. A Blob, a stream and an iterable may be of another realm. */
export type Binary = Uint8Array<ArrayBuffer> | Blob | ReadableStream | AsyncIterable<unknown>;

/** Returns `true` for a value that can be sent as a binary body. */
export function isBinary(value: unknown): value is Binary | ArrayBufferLike | ArrayBufferView {
  return (
    isBuffer(value) ||
    isBlob(value) ||
    isStream(value) ||
    (typeof value === "object" && value !== null && Symbol.asyncIterator in value)
  );
}

/** Returns `true` for a web stream, also of another realm or of a polyfill. */
export function isStream(value: unknown): value is ReadableStream {
  return typeof (value as { getReader?: unknown } | null | undefined)?.getReader === "function";
}

/**
 * Converts a value to a binary body.
 * @throws ConfigurationError if the value cannot be sent as one.
 */
export function toBinary(value: unknown): Binary {
  // A string is refused: the caller may mean the file of this name.
  if (!isBinary(value)) {
    throw unusableBody(
      "a Blob, bytes, a stream, an async iterable of bytes, or a function that returns one",
      value,
    );
  }
  if (isBuffer(value)) return bytesOf(value);
  if (isStream(value) && value.locked) {
    throw new ConfigurationError("The body is a stream that is already being read.");
  }
  // An `error` event without a listener ends the process, and a stream may fail before it is read.
  destroyable(value)?.on?.("error", () => {});
  return value;
}

/** Returns a body that `fetch` can send without its being read first: bytes, or a Blob of the platform. */
export function sendable(source: Binary): Uint8Array<ArrayBuffer> | Blob | undefined {
  return source instanceof Uint8Array || (isBlob(source) && isPlatformBlob(source)) ? source : undefined;
}

/** Creates the error for a value of the wrong kind. */
export function unusableBody(expected: string, value: unknown): ConfigurationError {
  return new ConfigurationError(`The body must be ${expected}; got ${kindOf(value)}.`);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const { name } = value.constructor ?? {};
  return typeof value === "object" && name ? `an instance of ${name}` : `a value of type ${typeof value}`;
}
