import type { OperationObject } from "openapi-typescript";

/** What a reader is told of an experimental operation. */
export const experimentalNotice = "It may change or go away without notice.";

/** What `x-experimental` of an operation says, if it says either; spec/README.md describes the extension. */
export function experimentalOf(operation: OperationObject): boolean | undefined {
  const extension: unknown = operation["x-experimental"];
  if (extension === undefined) return false;
  return typeof extension === "boolean" ? extension : undefined;
}
