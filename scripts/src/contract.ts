import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("contract/", import.meta.url);

/** The types that every API has alike, by file. They are copied, so that the generated folder compiles by itself. */
export const contractFiles: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .toSorted()
    .map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
);

/** What they export. No model may have one of these names. */
export const contractNames: readonly string[] = [...contractFiles.values()].flatMap((text) =>
  Array.from(text.matchAll(/^export (?:interface|type|function|const) (\w+)/gm), ([, name = ""]) => name),
);
