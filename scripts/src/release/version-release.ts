import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli/repository.ts";
import { runProgram } from "../cli/run-program.ts";
import { reportFolders, writeReports } from "../surface/report-files.ts";
import { ToolError } from "../cli/errors.ts";
import { addRelease } from "./changelog/changes-file.ts";
import { surfaceDiff } from "./surface-diff.ts";
import { checkSeverities, describeMissing } from "./changesets/severity-check.ts";
import { changeItems } from "./changesets/change-item.ts";
import { joinDrafts } from "./changesets/drafts.ts";
import { linkChangelogs } from "./changelog/link-changelogs.ts";
import { readPending } from "./changesets/pending.ts";
import { publicNames } from "./changelog/public-names.ts";
import { currentVersion, publishedPackages, writeSpecIdentity } from "./published-packages.ts";
import { recordRelease } from "./changelog/release-record.ts";
import { bundledText, identifySpec, loadContract, specDiff, specFiles } from "./spec-files.ts";

/**
 * Turns the pending changesets into a version. Writes the manifests, the changelogs, `changes.json` and the client's version constant.
 * Except for a snapshot, stores the spec and the reports as the released ones, with which later changes are compared.
 *
 * @returns The version.
 * @throws ToolError if no changeset is pending, or if they declare too low a severity.
 */
export async function versionRelease(snapshot?: string): Promise<string> {
  const pending = await readPending();
  if (pending.length === 0) throw new ToolError("No changeset is pending, so there is nothing to release.");
  const contract = await loadContract();
  const spec = await specDiff(contract);
  const [surface, identity] = [await surfaceDiff(spec), await identifySpec(contract)];
  const items = changeItems(spec, surface.changes);
  const check = checkSeverities(items, pending);
  if (check.undeclared.length > 0) throw new ToolError(describeMissing(check, pending.length));
  await joinDrafts(items);

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
    await writeFile(join(root, specFiles.base), await bundledText(contract));
    await writeReports(reportFolders.committed, surface.head);
    await writeReports(reportFolders.released, surface.head);
  }
  return version;
}

/** The client sends its version in a header. It has a constant, because not every runtime and bundler can import JSON. */
async function writeClientVersion(version: string): Promise<void> {
  const path = join(root, "packages/client/src/version.ts");
  const text = await readFile(path, "utf8");
  await writeFile(path, text.replace(/"[^"]*"/, JSON.stringify(version)));
}
