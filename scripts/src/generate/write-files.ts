import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isGenerated } from "../emit/head.ts";
import { isAbsent, readIfPresent } from "../cli/read-if-present.ts";

/** The differences between the generated files and the files on disk. */
export interface Difference {
  /** Generated files that are missing on disk or have another text there. */
  readonly stale: readonly string[];
  /** Files of an earlier run that are no longer generated. */
  readonly orphaned: readonly string[];
  /** Stale files on disk that were not generated. */
  readonly foreign: readonly string[];
  /** The text of each stale file on disk. */
  readonly found: ReadonlyMap<string, string>;
}

/** Compares generated files with those on disk. Ignores other files in the same folders. */
export async function compare(files: ReadonlyMap<string, string>): Promise<Difference> {
  const stale: string[] = [];
  const foreign: string[] = [];
  const found = new Map<string, string>();
  for (const [path, text] of files) {
    // git may check the files out with CRLF.
    const old = (await readIfPresent(path))?.replaceAll("\r\n", "\n");
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

/** Writes stale files and removes orphaned ones. Replaces each file atomically. */
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
