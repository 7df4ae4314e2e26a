import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../cli/repository.ts";
import type { ReleaseRecord } from "./release-record.ts";

const path = join(root, "packages/types/changes.json");

/** Adds a release to `changes.json`, which lists the changes of every version for programs. The newest is first. */
export async function addRelease(release: ReleaseRecord): Promise<void> {
  const { $schema, versions } = JSON.parse(await readFile(path, "utf8")) as {
    $schema: string;
    versions: readonly ReleaseRecord[];
  };
  await writeFile(path, `${JSON.stringify({ $schema, versions: [release, ...versions] }, null, 2)}\n`);
}
