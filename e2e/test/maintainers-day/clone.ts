import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { output, run, type Outcome } from "../support/command.ts";
import type { Registry } from "../support/registry.ts";
import { copyRepository } from "../support/repository-copy.ts";

/** A maintainer's clone of this repository. */
export interface Clone extends AsyncDisposable {
  read(file: string): Promise<string>;
  write(file: string, text: string): Promise<void>;
  /** Runs `pnpm` in the clone. */
  pnpm(...args: readonly string[]): Promise<Outcome>;
  /** Runs `pnpm` in the clone and returns its output. @throws when it does not exit with 0. */
  done(...args: readonly string[]): Promise<string>;
  /** The paths of the drafted changesets. */
  drafts(): Promise<string[]>;
  /** The version of the packages. */
  version(): Promise<string>;
  /** The versions in `changes.json`, newest first. */
  recorded(): Promise<readonly { readonly version: string }[]>;
  commit(message: string): Promise<void>;
  /** Runs `git` in the clone. */
  git(...args: readonly string[]): Promise<Outcome>;
  /** The newest section of the client's changelog, by severity: the text below "Major Changes", "Minor Changes" and "Patch Changes". */
  changelog(): Promise<ReadonlyMap<string, string>>;
  readonly folder: string;
}

/** @param registry The registry that the clone publishes to; without one, it publishes nothing. */
export async function createClone(registry?: Registry): Promise<Clone> {
  const env = registry?.env ?? {};
  const temporary = await copyRepository();
  const folder = temporary.path;
  const read = (file: string) => readFile(join(folder, file), "utf8");
  const git = (...args: readonly string[]) => run("git", args, { cwd: folder, env: identity });
  await git("init", "--quiet", "--initial-branch=main");
  const clone: Clone = {
    folder,
    read,
    write: (file, text) => writeFile(join(folder, file), text),
    pnpm: (...args) => run("pnpm", args, { cwd: folder, env }),
    done: (...args) => output("pnpm", args, { cwd: folder, env }),
    drafts: async () =>
      (await readdir(join(folder, ".changeset")))
        .filter((name) => /^(?:spec|types)-.*\.md$/.test(name))
        .map((name) => `.changeset/${name}`)
        .toSorted(),
    version: async () =>
      (JSON.parse(await read("packages/client/package.json")) as { version: string }).version,
    recorded: async () =>
      (JSON.parse(await read("packages/types/changes.json")) as { versions: { version: string }[] }).versions,
    commit: async (message) => {
      await output("git", ["add", "--all"], { cwd: folder, env: identity });
      await output("git", ["commit", "--quiet", "--message", message], { cwd: folder, env: identity });
    },
    git,
    changelog: async () => {
      const [, newest = ""] = (await read("packages/client/CHANGELOG.md")).split(/^## /m);
      const sections = newest.split(/^### (\w+) Changes\n/m).slice(1);
      return new Map(
        sections.flatMap((name, index) => (index % 2 === 0 ? [[name, sections[index + 1] ?? ""]] : [])),
      );
    },
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
  await clone.commit("A clone");
  return clone;
}

/** Gives git an author, and keeps it from reading the settings of the person who runs the tests. */
export const identity = {
  GIT_CONFIG_GLOBAL: "no-such-file",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "A maintainer",
  GIT_AUTHOR_EMAIL: "maintainer@example.com",
  GIT_COMMITTER_NAME: "A maintainer",
  GIT_COMMITTER_EMAIL: "maintainer@example.com",
};
