import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { root } from "../cli/repository.ts";

// Many small files are read here, each of which takes several times as long where one waits for it in between.

const specFolder = join(root, "spec/");
const recordPath = join(root, "node_modules/.cache/generate.json");

/** What this repository's generated files were made of, when all of them were as they should be. */
interface GenerationRecord {
  /** Where the generated files are. All that is in there counts: one too many is stale as well. */
  readonly folders: readonly string[];
  /** How many files were generated. */
  readonly count: number;
  /** Of the inputs, and of the folders. */
  readonly digest: string;
}

/**
 * What there is to generate from: the generator, and all that is in the spec's folder. It is taken before any of it is read, so that a
 * save meanwhile makes another one.
 *
 * @returns undefined where that cannot be read: then it is not recorded either.
 */
export function digestInputs(): string | undefined {
  try {
    return digestOf([...generatorFiles(), ...filesIn(specFolder, true)]);
  } catch {
    return undefined;
  }
}

/** How many generated files there are, when nothing has changed since all of them were found to be as they should be. */
export function countIfUnchanged(inputs: string): number | undefined {
  try {
    const { folders, count, digest } = JSON.parse(readFileSync(recordPath, "utf8")) as GenerationRecord;
    return digest === digestWith(inputs, folders) ? count : undefined;
  } catch {
    // There is no record, or not all that it names: then there is something to do.
    return undefined;
  }
}

/** Records that the disk has these files, generated from `inputs`, of which the spec was read from `sources`. */
export function recordGeneration(
  inputs: string,
  sources: readonly string[],
  files: ReadonlyMap<string, string>,
): void {
  // A part of the spec that is elsewhere may change unnoticed, and so may inputs that changed while they were read and are changed back.
  if (!sources.every((path) => resolve(path).startsWith(specFolder)) || inputs !== digestInputs()) return;
  const folders = [...new Set([...files.keys()].map((path) => relative(root, dirname(path))))];
  const record: GenerationRecord = {
    folders,
    count: files.size,
    digest: digestWith(inputs, folders, files),
  };
  mkdirSync(dirname(recordPath), { recursive: true });
  writeFileSync(recordPath, JSON.stringify(record));
}

/** @param known Texts that stand for what is on disk: a file that was edited since it was written is not as it should be. */
function digestWith(inputs: string, folders: readonly string[], known?: ReadonlyMap<string, string>): string {
  const listed = folders.flatMap((folder) => filesIn(resolve(root, folder)));
  return createHash("sha256")
    .update(`${inputs}\0${digestOf(listed, known)}`)
    .digest("hex");
}

function digestOf(paths: readonly string[], known?: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256").update(process.version);
  for (const path of paths) {
    const content = known?.get(path) ?? readFileSync(path);
    hash.update(`\0${relative(root, path)}\0${Buffer.byteLength(content)}\0`).update(content);
  }
  return hash.digest("hex");
}

/** All that decides what is generated from a spec: the generator, and the versions of what it uses. */
function generatorFiles(): string[] {
  const sources = filesIn(join(root, "scripts/src"), true);
  return [...sources, join(root, "scripts/package.json"), join(root, "pnpm-lock.yaml")];
}

function filesIn(folder: string, recursive = false): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
