import { on } from "node:events";
import type { IncomingMessage } from "node:http";
import { badRequest, contentTooLarge } from "./error-response.ts";

/** The body of a request as it arrives. */
export type BodyStream = AsyncIterable<Uint8Array>;

/** Largest body that is read into memory, in bytes. The API's JSON bodies and forms are much smaller. */
const IN_MEMORY_LIMIT = 1024 * 1024;

/**
 * Iterates over the body of `request`, and reports the size of each chunk to `onChunk` before yielding it. Ending the iteration
 * early leaves the connection open for a reply. Chunks keep their sizes; the iterator of a stream would join them.
 */
export async function* bodyStream(
  request: IncomingMessage,
  signal: AbortSignal,
  onChunk: (bytes: number) => void,
): BodyStream {
  const data = on(request, "data", { close: ["end"], highWaterMark: 1, signal });
  for await (const [chunk] of data as AsyncIterable<[Uint8Array]>) {
    onChunk(chunk.length);
    yield chunk;
  }
}

/**
 * Limits a body to `limit` bytes.
 *
 * @param contentLength The `Content-Length` of the request. A length above the limit is refused before the body is read.
 * @throws ErrorReply 413 while the body is read.
 */
export async function* limitedBody(
  body: BodyStream,
  limit: number,
  contentLength: string | undefined,
): BodyStream {
  if (Number(contentLength) > limit) throw contentTooLarge(limit);
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw contentTooLarge(limit);
    yield chunk;
  }
}

/**
 * Reads a complete body.
 *
 * @throws ErrorReply 413 above 1 MiB.
 */
export async function readBody(body: BodyStream): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limitedBody(body, IN_MEMORY_LIMIT, undefined)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Deepest nesting of a JSON value. Recursive code must not run out of stack. */
const MAX_DEPTH = 500;

/**
 * Reads a JSON body; undefined when it is empty.
 *
 * @throws ErrorReply 400 when it is not JSON in UTF-8 (https://www.rfc-editor.org/rfc/rfc8259#section-8.1), or is nested
 *   more than 500 levels deep (section 9 allows a limit).
 */
export async function readJson(body: BodyStream): Promise<{ readonly value: unknown } | undefined> {
  const bytes = await readBody(body);
  if (bytes.length === 0) return undefined;
  const value = parseJson(bytes);
  if (isDeeper(value, MAX_DEPTH)) throw badRequest(`The body is nested more than ${MAX_DEPTH} levels deep.`);
  return { value };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw badRequest(
      `The body is not JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** True when arrays and objects are nested more than `levels` deep. */
function isDeeper(value: unknown, levels: number): boolean {
  let nested = [value].filter(isStructure);
  for (let depth = 0; nested.length > 0; depth++) {
    if (depth === levels) return true;
    nested = nested.flatMap((structure) => Object.values(structure)).filter(isStructure);
  }
  return false;
}

function isStructure(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The media type of a `Content-Type`, in lower case and without parameters; undefined when the header is missing or empty. */
export function mediaType(contentType: string | undefined): string | undefined {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() || undefined;
}

export function isJson(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}
