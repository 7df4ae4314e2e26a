import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../cli/repository.ts";
import { reportFolders } from "../../surface/report-files.ts";
import { linkNewestSection } from "./link-changelog.ts";
import { publishedPackages } from "../published-packages.ts";
import { specFiles } from "../spec-files.ts";

/** Links the operations, types and lines in the new sections of the changelogs. The links refer to the release's tag. */
export async function linkChangelogs(version: string, previous: string | undefined): Promise<void> {
  const { repository } = JSON.parse(await readFile(join(root, "packages/client/package.json"), "utf8")) as {
    repository: { url: string };
  };
  const address = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
  const at = (tag: string, file: string) => `${address}/blob/@isc-customizers/client@${tag}/${file}`;
  const names = await referencePlaces();
  const links = {
    names: new Map([...names].map(([name, place]) => [name, at(version, place)])),
    line: (file: string, line: string) => {
      // These files have the state of the previous release until the next one.
      const isReleased = file === specFiles.base || file.startsWith(`${reportFolders.released}/`);
      const tag = isReleased ? previous : version;
      return tag && `${at(tag, file)}#L${line}`;
    },
  };
  for (const { folder } of publishedPackages) {
    const path = join(root, folder, "CHANGELOG.md");
    await writeFile(path, linkNewestSection(await readFile(path, "utf8"), links));
  }
}

/** Finds the section of each operation and model in the reference. */
async function referencePlaces(): Promise<Map<string, string>> {
  const folder = "docs/reference";
  const places = new Map<string, string>();
  const pages = (await readdir(join(root, folder))).filter((page) => page !== "index.md");
  for (const page of pages) {
    const text = await readFile(join(root, folder, page), "utf8");
    for (const [, name = ""] of text.matchAll(/^## ([\w$]+)$/gm))
      places.set(name, `${folder}/${page}#${name.toLowerCase()}`);
  }
  return places;
}
