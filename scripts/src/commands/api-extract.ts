import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli/repository.ts";
import { extractReports } from "../surface/extract-reports.ts";
import { reportFolders } from "../surface/report-files.ts";
import { runTool } from "../cli/run-command.ts";

// Writes the reports of the public types of the built packages. Turbo caches them until the packages change.
await runTool("Usage: pnpm api:extract", {}, async () => {
  const folder = join(root, reportFolders.built);
  await mkdir(folder, { recursive: true });
  extractReports(folder);
  return 0;
});
