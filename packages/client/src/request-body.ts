import type { BinaryBody, BinarySource } from "@isc-customizers/types";
import { ConfigurationError } from "./errors.ts";

/**
 * The body as `fetch` takes it.
 * @param mediaType what the operation says that the body is
 * @throws ConfigurationError for a value that cannot be sent as this media type.
 */
export async function requestBody(mediaType: string, value: unknown): Promise<BodyInit> {
  if (isJson(mediaType)) return JSON.stringify(value);
  if (mediaType.startsWith("text/") && typeof value === "string") return value;
  if (isForm(value)) return value;
  const source: unknown =
    typeof value === "function" ? await (value as Extract<BinaryBody, () => unknown>)() : value;
  if (!isBinarySource(source)) {
    // A path or a URL would be sent as the file's contents.
    throw new ConfigurationError(
      `The body must be a Blob, bytes, a stream, or a function that gives one; it is ${kindOf(source)}.`,
    );
  }
  if (source instanceof ReadableStream && source.locked) {
    throw new ConfigurationError("The body is a stream that is being read already.");
  }
  return source;
}

/** The platform writes the media type of a form itself, with the boundary that it chose (RFC 7578, section 4.1). */
export function contentType(mediaType: string): Record<string, string> {
  return mediaType === "multipart/form-data" ? {} : { "Content-Type": mediaType };
}

/** The body needs no serialization. */
export function isSentAsItIs(value: unknown): value is BodyInit {
  return isForm(value) || isBinarySource(value);
}

function isForm(value: unknown): value is FormData | URLSearchParams {
  return value instanceof FormData || value instanceof URLSearchParams;
}

function isJson(mediaType: string): boolean {
  return /^application\/(?:.+\+)?json\b/.test(mediaType);
}

function isBinarySource(value: unknown): value is BinarySource {
  return (
    value instanceof Blob ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    value instanceof ReadableStream
  );
}

function kindOf(value: unknown): string {
  return value === null
    ? "null"
    : typeof value === "object"
      ? `a ${value.constructor?.name ?? "bare object"}`
      : `a ${typeof value}`;
}
