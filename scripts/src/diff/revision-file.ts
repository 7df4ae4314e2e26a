import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { ToolError } from "../cli/errors.ts";

/** A file of a git revision, such as `main:spec/openapi.yaml`. */
export interface RevisionFile {
  readonly revision: string;
  /** The path from the root of the repository. */
  readonly path: string;
}

/** Parses `REV:PATH`. A single letter before the colon is a drive of Windows, not a revision. */
export function parseRevisionFile(text: string): RevisionFile | undefined {
  const { revision, path } = /^(?<revision>[^:]{2,}):(?<path>.+)$/.exec(text)?.groups ?? {};
  return revision === undefined || path === undefined ? undefined : { revision, path };
}

/**
 * Writes the file into a temporary folder while `use` runs, with the YAML and JSON files beside and below it, which it may reference.
 *
 * @throws ToolError when the revision does not have the file.
 */
export async function withRevisionFile<T>(
  { revision, path }: RevisionFile,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const main = await show(revision, path);
  const folder = await mkdtemp(join(tmpdir(), "spec-diff-"));
  try {
    const directory = dirname(path);
    for (const name of await list(revision, directory)) {
      const target = join(folder, name);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, await show(revision, directory === "." ? name : `${directory}/${name}`));
    }
    const file = join(folder, basename(path));
    await writeFile(file, main);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The names of the YAML and JSON files in a folder of the revision, relative to the folder. */
async function list(revision: string, directory: string): Promise<string[]> {
  const tree = directory === "." ? revision : `${revision}:${directory}`;
  const names = await git("ls-tree", "--full-tree", "-r", "-z", "--name-only", tree);
  return names.split("\0").filter((name) => /\.(?:ya?ml|json)$/.test(name));
}

const show = (revision: string, path: string): Promise<string> => git("show", `${revision}:${path}`);

async function git(...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("git", args, { maxBuffer: 2 ** 28 });
    return stdout;
  } catch (error) {
    const { stderr = "", message } = error as Error & { stderr?: string };
    throw new ToolError(`\`git ${args.join(" ")}\` failed: ${stderr.trim() || message}`);
  }
}
