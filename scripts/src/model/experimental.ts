import type { OperationObject } from "../spec/openapi.ts";

/** The warning about an experimental operation. */
export const experimentalNotice = "It may change or disappear without notice.";

/** Reads `x-experimental`, which spec/README.md describes. Returns `undefined` if it is neither `true` nor `false`. */
export function experimentalOf(operation: OperationObject): boolean | undefined {
  const extension: unknown = operation["x-experimental"];
  if (extension === undefined) return false;
  return typeof extension === "boolean" ? extension : undefined;
}
