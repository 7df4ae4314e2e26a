import { reportFolders, staleReports, writeReports } from "../surface/report-files.ts";
import { runTool } from "../cli/run-command.ts";

// Copies the reports of the public types to the committed files. With `--check`, only compares them.
const options = { check: { type: "boolean" } } as const;

await runTool("Usage: pnpm api:report [--check]", { options }, async ({ values: { check = false } }) => {
  const stale = await staleReports();
  if (!check) await writeReports(reportFolders.committed, stale);
  for (const { file } of stale.values()) {
    if (check) console.error(`${file} is out of date.`);
    else console.log(`wrote ${file}`);
  }
  if (stale.size === 0) console.log("The reports of the public types are up to date.");
  else if (check) console.error("\nRun `pnpm api:report`, look at what changes for users, and commit it.");
  return check && stale.size > 0 ? 1 : 0;
});
