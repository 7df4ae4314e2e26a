import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { apiPages } from "../../src/api-pages/pages.ts";
import { root } from "../support/harness.ts";

const textOf = (path: string) => readFile(join(root, path), "utf8");

/** The names that an entry point exports, from its report. */
async function exportsOf(entry: string): Promise<string[]> {
  const report = await textOf(`etc/${entry}.api.md`);
  return Array.from(
    report.matchAll(/^export (?:class|interface|type|function) (\w+)/gm),
    ([, name = ""]) => name,
  );
}

test.each([
  ["client", ["client-options.md", "errors.md"]],
  ["client-node", ["node.md"]],
  ["mock-tenant", ["mock-tenant.md"]],
])("each export of %s is described on one page", async (entry, files) => {
  const pages = await Promise.all(files.map((file) => textOf(`docs/reference/${file}`)));
  const described = pages.flatMap((page) =>
    Array.from(page.matchAll(/^## (\w+)$/gm), ([, name = ""]) => name),
  );
  expect(described.toSorted()).toEqual((await exportsOf(entry)).toSorted());
});

test("the declarations that come first exist", async () => {
  for (const { file, first } of apiPages) {
    const page = await textOf(`docs/reference/${file}`);
    for (const name of first) expect(page).toContain(`\n## ${name}\n`);
  }
});
