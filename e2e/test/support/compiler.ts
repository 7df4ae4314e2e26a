import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toolsFolder } from "./tools-folder.ts";

/** A version of TypeScript that a consumer may use. */
export interface Compiler {
  readonly name: string;
  readonly version: string;
  /** The path of the compiler, a program for Node. */
  readonly tsc: string;
}

export const compilers: readonly Compiler[] = Object.keys(readManifest("package.json").dependencies ?? {})
  .filter((dependency) => dependency.startsWith("typescript-"))
  .map((dependency) => ({
    name: dependency.replace("typescript-", "TypeScript "),
    version: readManifest(join("node_modules", dependency, "package.json")).version ?? "",
    tsc: join(toolsFolder, "node_modules", dependency, "bin/tsc"),
  }));

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(join(toolsFolder, file), "utf8")) as Manifest;
}
