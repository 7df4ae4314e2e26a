import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../repository.ts";
import { entryPoints, reportName } from "../surface/entry-points.ts";
import { reportFolders } from "../surface/report-files.ts";
import { readPending } from "./pending.ts";
import { publishedPackages, readManifest } from "./published-packages.ts";
import { identifySpec, specFiles } from "./spec-files.ts";

/** What `pnpm version-packages` would still have to do before this can be published. */
export async function findUnreleased(): Promise<readonly string[]> {
  const found = (await readPending()).map(({ id }) => `.changeset/${id}.md is pending.`);
  const same = async (one: string, other: string) => (await read(one)) === (await read(other));
  if (!(await same(specFiles.head, specFiles.base)))
    found.push(`${specFiles.head} is not ${specFiles.base}.`);
  for (const { name } of entryPoints) {
    const [today, released] = [
      `${reportFolders.committed}/${reportName(name)}`,
      `${reportFolders.released}/${reportName(name)}`,
    ];
    if (!(await same(today, released))) found.push(`${today} is not ${released}.`);
  }
  const { sha256 } = await identifySpec();
  for (const { folder } of publishedPackages) {
    if ((await readManifest(folder)).spec?.sha256 !== sha256)
      found.push(`${folder}/package.json names another API description.`);
  }
  return found;
}

async function read(file: string): Promise<string | undefined> {
  return await readFile(join(root, file), "utf8").catch(() => undefined);
}
