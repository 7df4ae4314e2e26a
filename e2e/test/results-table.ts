import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { root } from "./repository.ts";

const readme = join(root, "README.md");

/** A row of the README's table: what something was tried on, its version, and what came of it. */
export interface Row {
  readonly name: string;
  readonly version: string;
  /** By column. What has none is not tried there. */
  readonly cells: Readonly<Record<string, string>>;
  /** The version is the system's, which may be another one elsewhere. */
  readonly anyVersion?: boolean;
}

/** Holds a row of the README's table against a run; or, for `pnpm e2e:table`, writes it there. */
export async function expectRow({ name, version, cells, anyVersion = false }: Row): Promise<void> {
  const text = await readFile(readme, "utf8");
  const { header, rows } = readTable(text);
  const row = rows.find(([first]) => first === name);
  if (row === undefined) throw new Error(`The README's table has no row \`${name}\`.`);
  expect(header).toEqual(expect.arrayContaining(Object.keys(cells)));
  const wanted = [name, version, ...header.slice(2).map((column) => cells[column] ?? "–")];
  if (process.env["UPDATE_TABLE"] === "1") {
    const line = new RegExp(`^\\| ${name} +\\|.*$`, "m");
    await writeFile(
      readme,
      text.replace(line, () => `| ${wanted.join(" | ")} |`),
    );
    return;
  }
  const shown = anyVersion ? [name, version, ...row.slice(2)] : row;
  expect(shown, "`pnpm e2e:table` writes the README's table anew").toEqual(wanted);
}

/** The names of the README's table, in their order. */
export async function rowNames(): Promise<(string | undefined)[]> {
  return readTable(await readFile(readme, "utf8")).rows.map(([name]) => name);
}

function readTable(text: string): { header: string[]; rows: string[][] } {
  const [, lines = ""] = /<!-- `pnpm e2e:table`[^]*?-->\n\n((?:\|.*\n)+)/.exec(text) ?? [];
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
