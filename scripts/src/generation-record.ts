import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const recordPath = join(root, "node_modules/.cache/generate.json");

/** What this repository's generated files were made of, when all of them were as they should be. */
interface GenerationRecord {
  /** The files of the spec. */
  readonly inputs: readonly string[];
  /** Where the generated files are. All that is in there counts: one too many is stale as well. */
  readonly folders: readonly string[];
  /** How many files were generated. */
  readonly count: number;
  /** Of the generator, the inputs, and the folders. */
  readonly digest: string;
}

/** How many generated files there are, when nothing has changed since all of them were found to be as they should be. */
export async function countIfUnchanged(): Promise<number | undefined> {
  try {
    const { inputs, folders, count, digest } = JSON.parse(
      await readFile(recordPath, "utf8"),
    ) as GenerationRecord;
    return digest === (await digestOf(inputs, folders)) ? count : undefined;
  } catch {
    // There is no record, or not all that it names: then there is something to do.
    return undefined;
  }
}

/** Records that the disk has these files, generated from a spec that was read from `inputs`. */
export async function recordGeneration(
  inputs: readonly string[],
  files: ReadonlyMap<string, string>,
): Promise<void> {
  // What was changed since it was read would go unnoticed, and so would a spec that is no file. The clock of a file system is
  // behind by a tick of its kernel.
  const started = performance.timeOrigin - 100;
  for (const path of [...inputs, ...(await generatorFiles())]) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || found.ctimeMs > started) return;
  }
  const folders = [...new Set([...files.keys()].map((path) => dirname(path)))];
  const record: GenerationRecord = {
    inputs: inputs.map((path) => relative(root, path)),
    folders: folders.map((path) => relative(root, path)),
    count: files.size,
    digest: await digestOf(inputs, folders, files),
  };
  await mkdir(dirname(recordPath), { recursive: true });
  await writeFile(recordPath, JSON.stringify(record));
}

/** @param known Texts that stand for what is on disk: a file that was edited since it was written is not as it should be. */
async function digestOf(
  inputs: readonly string[],
  folders: readonly string[],
  known?: ReadonlyMap<string, string>,
): Promise<string> {
  const listed = await Promise.all(folders.map((folder) => filesIn(resolve(root, folder))));
  const paths = [...(await generatorFiles()), ...inputs.map((path) => resolve(root, path)), ...listed.flat()];
  const contents = await Promise.all(paths.map(async (path) => known?.get(path) ?? (await readFile(path))));
  const hash = createHash("sha256").update(process.version);
  for (const [index, path] of paths.entries()) {
    const content = contents[index] ?? "";
    hash.update(`\0${relative(root, path)}\0${Buffer.byteLength(content)}\0`).update(content);
  }
  return hash.digest("hex");
}

/** All that decides what is generated from a spec: the generator, and the versions of what it uses. */
async function generatorFiles(): Promise<string[]> {
  const sources = await filesIn(join(root, "scripts/src"), true);
  return [...sources, join(root, "scripts/package.json"), join(root, "pnpm-lock.yaml")];
}

async function filesIn(folder: string, recursive = false): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
