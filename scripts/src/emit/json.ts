import type { ApiModel } from "../model/model.ts";
import { notice } from "./head.ts";

/** The whole spec, in one JSON document. */
export function emitJson({ source, described }: ApiModel): string {
  const { openapi, ...rest } = described;
  return JSON.stringify({ openapi, "x-generated": notice(source), ...rest }, undefined, 2) + "\n";
}
