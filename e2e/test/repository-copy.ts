import { cp } from "node:fs/promises";
import { basename } from "node:path";
import { output } from "./command.ts";
import { root } from "./repository.ts";
import { temporaryFolder, type TemporaryFolder } from "./temporary-folder.ts";

const leftBehind = new Set(["node_modules", "dist", ".git", ".turbo", "coverage"]);

/** This repository as it stands, in a folder of its own, with its dependencies installed. */
export async function copyRepository(): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  await cp(root, folder.path, { recursive: true, filter: (source) => !leftBehind.has(basename(source)) });
  await output("pnpm", ["install", "--frozen-lockfile", "--prefer-offline"], { cwd: folder.path });
  return folder;
}
