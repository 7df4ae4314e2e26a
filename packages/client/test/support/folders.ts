import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Folder extends AsyncDisposable {
  readonly path: string;
}

export async function temporaryFolder(): Promise<Folder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "isc-customizers-")));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Makes an empty folder the working directory until it is disposed. */
export async function workingDirectory(): Promise<Folder> {
  const folder = await temporaryFolder();
  const before = process.cwd();
  process.chdir(folder.path);
  return {
    path: folder.path,
    async [Symbol.asyncDispose]() {
      process.chdir(before);
      await folder[Symbol.asyncDispose]();
    },
  };
}
