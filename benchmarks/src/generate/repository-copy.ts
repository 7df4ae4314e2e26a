import { appendFile, cp, mkdir, mkdtempDisposable, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "./program.ts";

/** The files that `pnpm generate` reads and writes. */
const copied = [
  ".changeset/config.json",
  "docs",
  "package.json",
  "packages/types",
  "packages/client/package.json",
  "packages/mock-tenant/package.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "scripts/package.json",
  "scripts/src",
  "spec",
];

/** A temporary copy of the repository with an editable spec. */
export interface RepositoryCopy extends AsyncDisposable {
  readonly path: string;
  /** Changes the spec, so that it differs from the released one and from the last run. */
  edit(): Promise<void>;
}

export async function copyRepository(): Promise<RepositoryCopy> {
  const folder = await mkdtempDisposable(join(tmpdir(), "isc-benchmark-"));
  for (const name of copied) {
    await mkdir(dirname(join(folder.path, name)), { recursive: true });
    await cp(join(root, name), join(folder.path, name), {
      recursive: true,
      filter: (source) => !/[\\/](?:node_modules|dist)$/.test(source),
    });
  }
  await mkdir(join(folder.path, "node_modules"));
  await symlink(join(root, "scripts/node_modules"), join(folder.path, "scripts/node_modules"), "junction");
  return {
    path: folder.path,
    edit: () => appendFile(join(folder.path, "spec/openapi.yaml"), "# Edited.\n"),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
