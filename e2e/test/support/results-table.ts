import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { root } from "./repository.ts";

const page = join(root, "docs/support.md");

/** A row of the table of docs/support.md: a runtime or compiler, its version, and the results of a run on it. */
export interface Row {
  readonly name: string;
  readonly version: string;
  /** By column. A column without a result shows a dash. */
  readonly cells: Readonly<Record<string, string>>;
  /** True when the system provides the program, so that the version may differ from the table. */
  readonly anyVersion?: boolean;
}

/** Compares a row of the table with a run. Under `pnpm support:table`, writes the run's results into the table instead. */
export async function expectRow({ name, version, cells, anyVersion = false }: Row): Promise<void> {
  const text = await readFile(page, "utf8");
  const { header, rows } = readTable(text);
  const row = rows.find(([first]) => first === name);
  if (row === undefined) throw new Error(`The table of docs/support.md has no row "${name}".`);
  expect(header).toEqual(expect.arrayContaining(Object.keys(cells)));
  const wanted = [name, version, ...header.slice(2).map((column) => cells[column] ?? "–")];
  if (process.env["UPDATE_TABLE"] === "1") {
    const line = new RegExp(`^\\| ${name} +\\|.*$`, "m");
    await writeFile(
      page,
      text.replace(line, () => `| ${wanted.join(" | ")} |`),
    );
    return;
  }
  const shown = anyVersion ? [name, version, ...row.slice(2)] : row;
  expect(shown, "`pnpm support:table` renews the table of docs/support.md").toEqual(wanted);
}

/** The names in the first column of the table, in order. */
export async function rowNames(): Promise<(string | undefined)[]> {
  return readTable(await readFile(page, "utf8")).rows.map(([name]) => name);
}

function readTable(text: string): { header: string[]; rows: string[][] } {
  const [, lines = ""] = /<!-- `pnpm support:table`[^]*?-->\n\n((?:\|.*\n)+)/.exec(text) ?? [];
  const [header = [], , ...rows] = lines
    .trimEnd()
    .split("\n")
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return { header, rows };
}
