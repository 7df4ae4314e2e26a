import { stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { expect, test } from "vitest";
import { readPages, root } from "./pages.ts";

const pages = await readPages();
const anchors = new Map(pages.map((page) => [page.file, page.anchors]));

/** Returns the reason why a link leads nowhere, if it does. Addresses with a scheme are not followed. */
async function brokenBecause(file: string, target: string): Promise<string | undefined> {
  if (/^[a-z][a-z+.-]*:/i.test(target)) return undefined;
  const [path = "", fragment] = target.split("#", 2);
  const to = path === "" ? file : posix.join(posix.dirname(file), decodeURIComponent(path));
  const exists = await stat(join(root, to)).catch(() => undefined);
  if (exists === undefined) return `${to} does not exist`;
  if (fragment === undefined) return undefined;
  const known = anchors.get(to);
  return known?.has(decodeURIComponent(fragment)) === false ? `${to} has no heading #${fragment}` : undefined;
}

test("every link in the documentation leads to a file, and every anchor to a heading", async () => {
  const broken: string[] = [];
  for (const { file, links } of pages) {
    for (const { line, target } of links) {
      const reason = await brokenBecause(file, target);
      if (reason !== undefined) broken.push(`${file}:${line} ${target}: ${reason}`);
    }
  }
  expect(broken).toEqual([]);
});
