import { cp, glob, readFile, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import type { SiteConfig } from "vitepress";
import { facts } from "./facts.ts";

/** Finishes the built site: a Markdown twin of each page, `llms.txt`, `llms-full.txt`, and paths that hold below any path. */
export async function buildEnd({ outDir, pages }: SiteConfig): Promise<void> {
  const texts: string[] = [];
  for (const page of pages) {
    const source = join(facts.docs, page);
    await cp(source, join(outDir, page.replace(/README\.md$/, "index.md")));
    texts.push(`<!-- ${page} -->\n\n${await readFile(source, "utf8")}`);
  }
  await cp(join(facts.docs, "llms.txt"), join(outDir, "llms.txt"));
  await writeFile(join(outDir, "llms-full.txt"), texts.join("\n"));
  for await (const file of glob("**/*.{html,js,css}", { cwd: outDir })) {
    const path = join(outDir, file);
    await writeFile(path, withRelativeBase(file.replaceAll("\\", "/"), await readFile(path, "utf8")));
  }
}

const base = "/BASE_OF_SITE/";
const atRunTime = `.replaceAll(${JSON.stringify(base)},globalThis.siteBase)`;

/** Replaces the base of the build. A page has the path to the root; code reads it from the page. */
function withRelativeBase(file: string, text: string): string {
  const toRoot = posix.relative(dirname(file), ".") || ".";
  if (file.endsWith(".html")) {
    const script = `<script>globalThis.siteBase=new URL("${toRoot}/",location.href).pathname</script>`;
    // The data of the site is a string of JSON, whose base the router compares with the address.
    const data = /JSON\.parse\("(?:[^"\\]|\\.)*"\)|\/BASE_OF_SITE\//g;
    return text
      .replaceAll(data, (found) => (found === base ? `${toRoot}/` : `${found.slice(0, -1)}${atRunTime})`))
      .replace("<head>", `<head>${script}`);
  }
  if (file.endsWith(".css")) return text.replaceAll(base, `${toRoot}/`);
  // The index of the search is a string of JSON, which the module exports.
  if (file.includes("@localSearchIndex"))
    return text.replace(/export\{(\w+) as default\}/, `const index=$1${atRunTime};export{index as default}`);
  return text
    .replaceAll(`"${base}"`, "(globalThis.siteBase)")
    .replaceAll(new RegExp(`"${base}([^"]*)"`, "g"), '(globalThis.siteBase+"$1")');
}
