import type { BinaryBody, BodyKind, RequestBody } from "@isc-customizers/types";
import { ConfigurationError } from "./errors.ts";

/**
 * The body as `fetch` takes it.
 * @throws ConfigurationError for a value that cannot be sent as a body of this kind.
 */
export async function requestBody(kind: BodyKind, value: unknown): Promise<BodyInit> {
  switch (kind) {
    case "json":
      return jsonText(value);
    case "text":
      if (typeof value === "string") return value;
      throw new ConfigurationError(`The body must be a string; it is ${kindOf(value)}.`);
    case "multipart":
    case "urlencoded":
      if (isForm(value)) return value;
      throw new ConfigurationError(`The body must be a FormData or URLSearchParams; it is ${kindOf(value)}.`);
    case "binary":
      return binary(typeof value === "function" ? await (value as BinaryFunction)() : value);
  }
}

/** The platform writes the media type of a form itself, with the boundary that it chose (RFC 7578, section 4.1). */
export function contentType({ mediaType, kind }: RequestBody): Record<string, string> {
  return kind === "multipart" ? {} : { "Content-Type": mediaType };
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

function binary(source: unknown): BodyInit {
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
