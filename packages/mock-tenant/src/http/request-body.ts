import { on } from "node:events";
import type { IncomingMessage } from "node:http";
import { badRequest, contentTooLarge } from "./error-response.ts";

/** The body of a request as it arrives. */
export type BodyStream = AsyncIterable<Uint8Array>;

/** The most bytes of a body that is read into memory: far more than any JSON or form of the API needs. */
const IN_MEMORY_LIMIT = 1024 * 1024;

/**
 * The body of `request`, each chunk reported to `onChunk` before it is passed on. Ending the iteration early leaves
 * the connection open, so that a reply can still be sent. Its chunks come as they are; the iterator of a stream joins them.
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
 * A body that may have no more than `limit` bytes.
 *
 * @param contentLength What the request says of it, if it does: then it is refused before any of it is read.
 * @throws ErrorReply 413, when it is read.
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
 * The whole of a body.
 *
 * @throws ErrorReply 413 above 1 MiB.
 */
export async function readBody(body: BodyStream): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limitedBody(body, IN_MEMORY_LIMIT, undefined)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The most levels of a JSON value: what goes through it by recursion must not run out of stack. */
const MAX_DEPTH = 500;

/**
 * The value of a JSON body; undefined when it is empty.
 *
 * @throws ErrorReply 400 when it is not JSON in UTF-8 (https://www.rfc-editor.org/rfc/rfc8259#section-8.1), or has more
 *   levels than anybody needs, which section 9 leaves to the reader.
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

/** Whether arrays and objects are nested in one another more than `levels` deep. */
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

/** The media type of a `Content-Type`, in lower case and without parameters; undefined when there is none. */
export function mediaType(contentType: string | undefined): string | undefined {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() || undefined;
}

export function isJson(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}
