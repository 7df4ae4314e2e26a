import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildApiPages } from "../api-pages/build-api-pages.ts";
import { readIfPresent } from "../cli/read-if-present.ts";
import { root } from "../cli/repository.ts";
import { reportFolders, staleReports, writeReports } from "../surface/report-files.ts";
import { runTool } from "../cli/run-command.ts";

// Copies the reports of the public types to the committed files, and writes the pages of the reference that are made from docstrings. With
// `--check`, only compares them.
const options = { check: { type: "boolean" } } as const;

await runTool("Usage: pnpm api:report [--check]", { options }, async ({ values: { check = false } }) => {
  const reports = await staleReports();
  const pages = await stalePages();
  const stale = [...[...reports.values()].map(({ file }) => file), ...pages.keys()];
  if (!check) {
    await writeReports(reportFolders.committed, reports);
    for (const [file, text] of pages) await writeFile(join(root, file), text);
  }
  for (const file of stale) {
    if (check) console.error(`${file} is out of date.`);
    else console.log(`wrote ${file}`);
  }
  if (stale.length === 0) console.log("The reports of the public types and their pages are up to date.");
  else if (check) console.error("\nRun `pnpm api:report`, look at what changes for users, and commit it.");
  return check && stale.length > 0 ? 1 : 0;
});

/** Builds the pages that differ from the committed ones. */
async function stalePages(): Promise<Map<string, string>> {
  const stale = new Map<string, string>();
  for (const [file, text] of await buildApiPages())
    if ((await readIfPresent(join(root, file)))?.replaceAll("\r\n", "\n") !== text) stale.set(file, text);
  return stale;
}
