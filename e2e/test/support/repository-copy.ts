import { cp } from "node:fs/promises";
import { basename } from "node:path";
import { output } from "./command.ts";
import { root } from "./repository.ts";
import { temporaryFolder, type TemporaryFolder } from "./temporary-folder.ts";

const excluded = new Set(["node_modules", "dist", ".git", ".turbo", "coverage"]);

/** Copies this repository into a temporary folder, without installed packages or build output, like a fresh clone. */
export async function copySources(): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  await cp(root, folder.path, { recursive: true, filter: (source) => !excluded.has(basename(source)) });
  return folder;
}

/** Copies this repository into a temporary folder and installs its dependencies. */
export async function copyRepository(): Promise<TemporaryFolder> {
  const folder = await copySources();
  await output("pnpm", ["install", "--frozen-lockfile", "--prefer-offline"], { cwd: folder.path });
  return folder;
}
