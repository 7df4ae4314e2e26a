import { readFileSync } from "node:fs";

const files = ["call.ts", "error-name.ts", "operation.ts", "retries.ts", "server-object.ts"];

/**
 * The hand-written types that are the same for every API: the text of each file, by its name. They are copied into the generated folder,
 * so that it compiles without this repository.
 */
export const contractFiles: ReadonlyMap<string, string> = new Map(
  files.map((name) => [name, readFileSync(new URL(name, import.meta.url), "utf8")]),
);

/** The names that those files export. No model may have one of them. */
export const contractNames: readonly string[] = [...contractFiles.values()].flatMap((text) =>
  Array.from(text.matchAll(/^export (?:interface|type|function|const) (\w+)/gm), ([, name = ""]) => name),
);
