import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readIfPresent } from "../cli/read-if-present.ts";
import { root } from "../cli/repository.ts";
import { runProgram } from "../cli/run-program.ts";
import { ToolError } from "../cli/errors.ts";
import { entryPoints, reportName } from "./entry-points.ts";
import type { Report } from "./report.ts";

/** Where the reports stand: for people to read, as of the last release, and as they were made of the packages that are built. */
export const reportFolders = {
  committed: "etc",
  released: "etc/released",
  built: "scripts/dist/api-reports",
} as const;

/** The reports in a folder, by the names of their entries; those of no release, where there was none, are none. */
export async function readReports(folder: string): Promise<Map<string, Report>> {
  const reports = new Map<string, Report>();
  for (const { name, package: owner } of entryPoints) {
    const file = `${folder}/${reportName(name)}`;
    const text = await readIfPresent(join(root, file));
    if (text !== undefined) reports.set(name, { package: owner, file, text });
  }
  return reports;
}

export async function writeReports(folder: string, reports: ReadonlyMap<string, Report>): Promise<void> {
  await mkdir(join(root, folder), { recursive: true });
  for (const [entry, { text }] of reports) await writeFile(join(root, folder, reportName(entry)), text);
}

/**
 * The report of every entry, as it was made of the packages that are built.
 *
 * @throws ToolError where one was not made.
 */
export async function readBuiltReports(): Promise<Map<string, Report>> {
  const reports = await readReports(reportFolders.built);
  const missing = entryPoints.filter(({ name }) => !reports.has(name));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => reportName(name)).join(", ");
    throw new ToolError(
      `${reportFolders.built} lacks ${names}: run \`pnpm api:report\`, which makes the reports of what is built.`,
    );
  }
  return reports;
}

/** Builds what is not built, and reads the reports of it. A change is told by the places where it stands once they are committed. */
export async function buildReports(): Promise<Map<string, Report>> {
  await runProgram("turbo", ["run", "//#api:extract", "--output-logs=errors-only"]);
  const reports = await readBuiltReports();
  return new Map(
    [...reports].map(([entry, report]) => [
      entry,
      { ...report, file: `${reportFolders.committed}/${reportName(entry)}` },
    ]),
  );
}
