import type { ApiModel } from "../model/model.ts";
import { notice } from "./head.ts";

/** Emits the `package.json` of a standalone folder. It makes the modules ESM, and importable by name. */
export function emitPackage({ source }: ApiModel): string {
  const manifest = { description: notice(source), private: true, type: "module", exports: "./index.ts" };
  return JSON.stringify(manifest, undefined, 2) + "\n";
}
