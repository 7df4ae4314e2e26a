import type { Log } from "../runtime/logger.ts";
import { labelOf, type RequestParts } from "./request-parts.ts";

/** Told of every response. */
export type NoteDeprecation = (request: RequestParts, headers: Headers) => void;

/** Warns of an operation that the server calls deprecated, once for each. */
export function createDeprecationNote(log: Log): NoteDeprecation {
  const known = new Set<string>();
  return (request, headers) => {
    if (headers.get("x-deprecated") !== "true" || known.has(request.operationId)) return;
    known.add(request.operationId);
    log("warn", () => `${labelOf(request)} is deprecated.`);
  };
}
