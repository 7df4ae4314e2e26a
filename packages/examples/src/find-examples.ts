import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** A program that `pnpm example NAME` runs. */
export interface Example {
  readonly name: string;
  /** The folder of the program. */
  readonly group: string;
  /** The comment in its first line. */
  readonly purpose: string;
  readonly file: string;
}

/** Finds the examples: the programs in the folders beside this file that start with a comment, by group and name. */
export async function findExamples(): Promise<Example[]> {
  const examples: Example[] = [];
  const paths = await readdir(import.meta.dirname, { recursive: true });
  for (const path of paths.filter((name) => /^[^/\\]+[/\\][^/\\]+\.ts$/.test(name)).toSorted()) {
    const file = join(import.meta.dirname, path);
    const purpose = /^\/\/ (.+)/.exec(await readFile(file, "utf8"))?.[1];
    if (purpose !== undefined)
      examples.push({ name: basename(file, ".ts"), group: basename(dirname(file)), purpose, file });
  }
  return examples;
}
