import type { ApiModel } from "../model/model.ts";
import { notice } from "./head.ts";

/** The manifest of a folder that stands alone: without it, its modules would be taken for CommonJS, and no program could import it by a name. */
export function emitPackage({ source }: ApiModel): string {
  const manifest = { description: notice(source), private: true, type: "module", exports: "./index.ts" };
  return JSON.stringify(manifest, undefined, 2) + "\n";
}
