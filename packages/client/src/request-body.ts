import type { BinaryBody, BodyKind, RequestBody } from "@isc-customizers/types";
import { ConfigurationError } from "./errors.ts";
import { reasonOf } from "./reason.ts";

/** What `fetch` takes as a body, and what a stream for it can be made of. */
export type Sendable = BodyInit | AsyncIterable<unknown>;

/** A body, before it is sent. */
export interface BodySource {
  /** It can be opened again for another attempt. */
  readonly repeatable: boolean;
  /** What `fetch` takes, or bytes that come one piece after another. */
  readonly open: () => Promise<Sendable>;
  /** It will not be sent: a stream holds on to its source, a file or a connection, until it is told. */
  readonly discard?: (reason: unknown) => void;
}

/** @throws ConfigurationError for a value that cannot be sent as a body of this kind. */
export function bodySource(kind: BodyKind, value: unknown): BodySource {
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
        ? { repeatable: true, open: () => call(value as BinaryFunction) }
        : binarySource(binary(value));
  }
}

/** A body that `raw` was given. */
export function rawBodySource(body: BodyInit): BodySource {
  return isBinary(body) ? binarySource(body) : always(body);
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
type Bytes = Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>;
type Binary = Bytes | ReadableStream | AsyncIterable<unknown>;

function always(body: BodyInit): BodySource {
  return { repeatable: true, open: () => Promise.resolve(body) };
}

function binarySource(source: Binary): BodySource {
  return {
    repeatable: isBytes(source),
    open: () => Promise.resolve(source),
    discard(reason) {
      if (source instanceof ReadableStream && !source.locked) source.cancel(reason).catch(() => {});
    },
  };
}

async function call(given: BinaryFunction): Promise<Sendable> {
  try {
    return binary(await given());
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw new ConfigurationError(`The function that gives the body failed: ${reasonOf(cause)}`, { cause });
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

export function isBytes(value: unknown): value is Bytes {
  return value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

export function isBinary(value: unknown): value is Binary {
  return (
    isBytes(value) ||
    value instanceof ReadableStream ||
    (typeof value === "object" && value !== null && Symbol.asyncIterator in value)
  );
}

function kindOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "null" : `a ${typeof value}`;
  return `a ${value.constructor?.name || "bare object"}`;
}
