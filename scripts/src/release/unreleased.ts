import { basename } from "node:path";
import { diffSurfaces } from "../surface/diff-surfaces.ts";
import { readReports, reportFolders } from "../surface/report-files.ts";
import { readPending } from "./changesets/pending.ts";
import { publishedPackages, readManifest } from "./published-packages.ts";
import { identifySpec, loadContract, specFiles } from "./spec-files.ts";

/** Lists the reasons to run `pnpm version-packages` before publishing. */
export async function findUnreleased(): Promise<readonly string[]> {
  const found = (await readPending()).map(({ id }) => `.changeset/${id}.md is pending.`);
  const [released, today] = [
    await readReports(reportFolders.released),
    await readReports(reportFolders.committed),
  ];
  const changed = new Set(diffSurfaces(released, today).map(({ file }) => basename(file)));
  for (const name of changed)
    found.push(`${reportFolders.committed}/${name} is not ${reportFolders.released}/${name}.`);
  const { sha256 } = await identifySpec(await loadContract());
  for (const { folder } of publishedPackages) {
    if ((await readManifest(folder)).spec?.sha256 !== sha256)
      found.push(`${folder}/package.json has the hash of another spec than ${specFiles.head}.`);
  }
  return found;
}
