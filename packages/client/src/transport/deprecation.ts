import type { Log } from "../runtime/logger.ts";

/** Called with the headers of every response. */
export type WarnOfDeprecation = (operationId: string, headers: Headers) => void;

/** Creates a function that logs a warning for each deprecated operation, once. */
export function createDeprecationWarning(log: Log): WarnOfDeprecation {
  const known = new Set<string>();
  return (operationId, headers) => {
    if (headers.get("x-deprecated") !== "true" || known.has(operationId)) return;
    known.add(operationId);
    log("warn", () => `${operationId} is deprecated.`);
  };
}
