import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isGenerated } from "../emit/head.ts";
import { isAbsent, readIfPresent } from "../cli/read-if-present.ts";

/** What is on disk, held against what should be there. */
export interface Difference {
  /** Files that are absent or have another text. */
  readonly stale: readonly string[];
  /** Files that an earlier run generated, and that nothing generates now. */
  readonly orphaned: readonly string[];
  /** Those of the stale files that do not say that they were generated. */
  readonly foreign: readonly string[];
  /** The text of a stale file as it is on disk. */
  readonly found: ReadonlyMap<string, string>;
}

/** Compares generated files with those on disk; files of anyone else in the same folders are not looked at. */
export async function compare(files: ReadonlyMap<string, string>): Promise<Difference> {
  const stale: string[] = [];
  const foreign: string[] = [];
  const found = new Map<string, string>();
  for (const [path, text] of files) {
    const old = await readIfPresent(path);
    if (old === text) continue;
    stale.push(path);
    if (old === undefined) continue;
    found.set(path, old);
    if (!isGenerated(old)) foreign.push(path);
  }
  const orphaned: string[] = [];
  for (const folder of new Set([...files.keys()].map((path) => dirname(path)))) {
    for (const name of await namesIn(folder)) {
      const path = `${folder}/${name}`;
      if (!files.has(path) && isGenerated((await readIfPresent(path)) ?? "")) orphaned.push(path);
    }
  }
  return { stale, orphaned, foreign, found };
}

/** Brings the disk up to date. Each file is replaced whole or not at all. */
export async function write(
  files: ReadonlyMap<string, string>,
  { stale, orphaned }: Difference,
): Promise<void> {
  for (const path of stale) {
    await mkdir(dirname(path), { recursive: true });
    const draft = join(dirname(path), `.${process.pid}.draft`);
    await writeFile(draft, files.get(path) ?? "");
    await rename(draft, path);
  }
  for (const path of orphaned) await rm(path);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
