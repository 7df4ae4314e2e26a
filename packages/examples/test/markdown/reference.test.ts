import { operationTable } from "@isc-customizers/types";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPages, root } from "./pages.ts";
import { readMarkdown } from "./read-markdown.ts";

const pages = (await readPages()).filter(({ file }) => file.startsWith("docs/reference/"));
const texts = await Promise.all(pages.map(({ file }) => readFile(join(root, file), "utf8")));
const sections = texts.flatMap((text) => text.split(/^## /m).slice(1));

test.each(Object.keys(operationTable))("the reference has a program that calls %s", (operation) => {
  const section = sections.find((text) => text.startsWith(`${operation}\n`)) ?? "";
  const programs = readMarkdown("", section).blocks.filter(({ language }) => language === "ts");
  expect(programs.length).toBeGreaterThan(1);
  for (const { code } of programs) expect(code).toContain(`.${operation}(`);
});

test.each(Object.entries(operationTable))("%s links to its line of the spec", (operation, { method }) => {
  const section = sections.find((text) => text.startsWith(`${operation}\n`)) ?? "";
  const [, file = "", line] = /\]\(\.\.\/\.\.\/(spec\/[^#]+)#L(\d+)\)/.exec(section) ?? [];
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  expect(lines[Number(line) - 1]?.trim()).toBe(`${method.toLowerCase()}:`);
});
