import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readIfPresent } from "../cli/read-if-present.ts";
import { root } from "../cli/repository.ts";
import { runProgram } from "../cli/run-program.ts";
import { ToolError } from "../cli/errors.ts";
import { entryPoints, reportName } from "./entry-points.ts";
import type { Report } from "./report.ts";

/** The folders of the reports: the committed ones, those of the last release, and those of the built packages. */
export const reportFolders = {
  committed: "etc",
  released: "etc/released",
  built: "scripts/dist/api-reports",
} as const;

/** Reads the reports in a folder, by entry point. Missing reports are left out. */
export async function readReports(folder: string): Promise<Map<string, Report>> {
  const reports = new Map<string, Report>();
  for (const { name, package: owner } of entryPoints) {
    const file = `${folder}/${reportName(name)}`;
    const text = await readIfPresent(join(root, file));
    if (text !== undefined) reports.set(name, { package: owner, file, text: text.replaceAll("\r\n", "\n") });
  }
  return reports;
}

export async function writeReports(folder: string, reports: ReadonlyMap<string, Report>): Promise<void> {
  await mkdir(join(root, folder), { recursive: true });
  for (const [entry, { text }] of reports) await writeFile(join(root, folder, reportName(entry)), text);
}

/**
 * Reads the report of every entry point of the built packages.
 *
 * @throws ToolError if a report is missing.
 */
async function readBuiltReports(): Promise<Map<string, Report>> {
  const reports = await readReports(reportFolders.built);
  const missing = entryPoints.filter(({ name }) => !reports.has(name));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => reportName(name)).join(", ");
    throw new ToolError(`${reportFolders.built} lacks ${names}: run \`pnpm api:report\`.`);
  }
  return reports;
}

/** Reads the reports of the built packages that differ from the committed ones, by entry point. */
export async function staleReports(): Promise<Map<string, Report>> {
  const committed = await readReports(reportFolders.committed);
  const stale = [...(await readBuiltReports())].filter(
    ([entry, { text }]) => text !== committed.get(entry)?.text,
  );
  return new Map(stale.map(([entry, report]) => [entry, atCommittedPath(entry, report)]));
}

function atCommittedPath(entry: string, report: Report): Report {
  return { ...report, file: `${reportFolders.committed}/${reportName(entry)}` };
}

/** Builds the packages, and reads their reports. The reports have the paths of the committed files, for messages. */
export async function buildReports(): Promise<Map<string, Report>> {
  await runProgram("turbo", ["run", "//#api:extract", "--output-logs=errors-only"]);
  const reports = await readBuiltReports();
  return new Map([...reports].map(([entry, report]) => [entry, atCommittedPath(entry, report)]));
}
