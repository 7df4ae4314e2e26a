import type { BinaryBody } from "@isc-customizers/types";
import { ConfigurationError } from "./errors.ts";

/**
 * The body as `fetch` takes it.
 * @param mediaType what the operation says that the body is
 * @throws ConfigurationError for a value that cannot be sent as this media type.
 */
export async function requestBody(mediaType: string, value: unknown): Promise<BodyInit> {
  if (isJson(mediaType)) return jsonText(value);
  if (isFormType(mediaType)) {
    if (isForm(value)) return value;
    throw new ConfigurationError(`The body must be a FormData or URLSearchParams; it is ${kindOf(value)}.`);
  }
  if (mediaType.startsWith("text/") && typeof value === "string") return value;
  const source: unknown = typeof value === "function" ? await (value as BinaryFunction)() : value;
  if (!isBinary(source)) {
    // A path or a URL would be sent as if it were the file.
    const hint = isNodeStream(source) ? " `Readable.toWeb` makes a stream of it." : "";
    throw new ConfigurationError(
      `The body must be a Blob, bytes, a stream, or a function that gives one; it is ${kindOf(source)}.${hint}`,
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

/** The platform writes the media type of a form itself, with the boundary that it chose (RFC 7578, section 4.1). */
export function contentType(mediaType: string): Record<string, string> {
  return mediaType === "multipart/form-data" ? {} : { "Content-Type": mediaType };
}

/** The body needs no serialization. */
export function isSentAsItIs(value: unknown): value is BodyInit {
  return isForm(value) || isBinary(value);
}

type BinaryFunction = Extract<BinaryBody, () => unknown>;

function jsonText(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new ConfigurationError(`The body must be JSON; it is ${kindOf(value)}.`);
  return text;
}

function isJson(mediaType: string): boolean {
  return /^application\/(?:.+\+)?json\b/.test(mediaType);
}

function isFormType(mediaType: string): boolean {
  return mediaType === "multipart/form-data" || mediaType === "application/x-www-form-urlencoded";
}

function isForm(value: unknown): value is FormData | URLSearchParams {
  return value instanceof FormData || value instanceof URLSearchParams;
}

function isBinary(
  value: unknown,
): value is Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> | ReadableStream {
  return (
    value instanceof Blob ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    value instanceof ReadableStream
  );
}

function isNodeStream(value: unknown): boolean {
  return typeof value === "object" && value !== null && "pipe" in value;
}

function kindOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "null" : `a ${typeof value}`;
  return `a ${value.constructor?.name || "bare object"}`;
}
