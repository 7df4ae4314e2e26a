import type { ApiModel } from "../model.ts";
import { notice } from "./head.ts";

/** The manifest of a folder that stands alone: without it, its modules would be taken for CommonJS. */
export function emitPackage({ source }: ApiModel): string {
  return JSON.stringify({ description: notice(source), private: true, type: "module" }, undefined, 2) + "\n";
}
