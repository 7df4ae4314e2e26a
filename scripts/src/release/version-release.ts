import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli/repository.ts";
import { runProgram } from "../cli/run-program.ts";
import { reportFolders, writeReports } from "../surface/report-files.ts";
import { ToolError } from "../cli/errors.ts";
import { addRelease } from "./changes-file.ts";
import { surfaceDiff } from "./surface-diff.ts";
import { demandOf, describeMissing } from "./demand.ts";
import { draftSpecChanges, draftSurfaceChanges } from "./draft-changes.ts";
import { finishDrafts } from "./drafts.ts";
import { linkChangelogs } from "./link-changelogs.ts";
import { readPending } from "./pending.ts";
import { publicNames } from "./public-names.ts";
import { currentVersion, publishedPackages, writeSpecIdentity } from "./published-packages.ts";
import { recordRelease } from "./release-record.ts";
import { identifySpec, specDiff, specFiles } from "./spec-files.ts";

/**
 * Turns the pending changesets into a version: of the manifests, the changelogs, `changes.json`, and the client's own constant.
 * Then what is there now is what the next changes are compared with; not so for a snapshot, which is no release.
 *
 * @returns the version.
 * @throws ToolError when no changeset is pending, or less is declared than the changes demand.
 */
export async function versionRelease(snapshot?: string): Promise<string> {
  const pending = await readPending();
  if (pending.length === 0) throw new ToolError("There is nothing to release: no changeset is pending.");
  const [spec, surface, identity] = [await specDiff(), await surfaceDiff(), await identifySpec()];
  const demand = demandOf(spec, surface.changes, pending);
  if (demand.undeclared.length > 0) throw new ToolError(describeMissing(demand, pending.length));
  // The lines that they name may have moved since they were drafted.
  await draftSpecChanges(spec);
  await draftSurfaceChanges(spec, surface.changes);
  await finishDrafts();

  const previous = await currentVersion();
  await runProgram("changeset", ["version", ...(snapshot === undefined ? [] : ["--snapshot", snapshot])]);
  const version = await currentVersion();
  if (version === previous)
    throw new ToolError("The pending changesets bump none of the published packages.");

  const isFirst = surface.base.size === 0;
  const since = { names: publicNames(surface.base), spec: spec.changes, surface: surface.changes };
  const names = publicNames(surface.head);
  await addRelease(recordRelease({ version, spec: identity, names, since: isFirst ? undefined : since }));
  await writeClientVersion(version);
  for (const { folder } of publishedPackages) await writeSpecIdentity(folder, identity);
  await linkChangelogs(version, isFirst ? undefined : previous);
  if (snapshot === undefined) {
    await copyFile(join(root, specFiles.head), join(root, specFiles.base));
    await writeReports(reportFolders.committed, surface.head);
    await writeReports(reportFolders.released, surface.head);
  }
  return version;
}

/** The client tells its version in a header, and imports no JSON, which not every runtime and bundler reads. */
async function writeClientVersion(version: string): Promise<void> {
  const path = join(root, "packages/client/src/version.ts");
  const text = await readFile(path, "utf8");
  await writeFile(path, text.replace(/"[^"]*"/, JSON.stringify(version)));
}
