import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type MarkdownPage, readMarkdown } from "./read-markdown.ts";

export const root = fileURLToPath(new URL("../../../../", import.meta.url));

const patterns = [
  "*.md",
  ".github/*.md",
  "docs/**/*.md",
  "packages/*/README.md",
  "packages/examples/*/README.md",
  "site/README.md",
  "spec/README.md",
];

/** Reads every page that people read: the READMEs and the documentation. Changelogs and API reports are not among them. */
export async function readPages(): Promise<MarkdownPage[]> {
  const pages: MarkdownPage[] = [];
  for await (const found of glob(patterns, { cwd: root, exclude: ["**/node_modules/**"] })) {
    const file = found.replaceAll("\\", "/");
    pages.push(readMarkdown(file, await readFile(join(root, file), "utf8")));
  }
  return pages.toSorted((a, b) => a.file.localeCompare(b.file));
}
