import type { ApiModel } from "../model.ts";

/** The whole spec, in one JSON document. */
export function emitJson({ source, document }: ApiModel): string {
  const { openapi, ...rest } = document;
  return JSON.stringify({ openapi, "x-generated-from": source, ...rest }, undefined, 2) + "\n";
}
