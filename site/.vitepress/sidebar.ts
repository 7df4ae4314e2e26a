import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DefaultTheme } from "vitepress";
import { facts } from "./facts.ts";

/** The groups of the sidebar: the folders of `docs/`, in the order of a reader. */
const groups = [
  ["start", "Start"],
  ["guides", "Guides"],
  ["moving", "Moving here"],
  ["reference", "Reference"],
  ["maintaining", "For maintainers"],
  ["decisions", "Decisions"],
] as const;

/** Makes a link of each page, so that a new page needs no line here. The order is that of `docs/README.md`. */
export function sidebar(): DefaultTheme.SidebarItem[] {
  const front = readFileSync(join(facts.docs, "README.md"), "utf8");
  const place = (path: string) => {
    // The front page begins with common tasks. Its last links are in the order of the pages.
    const index = front.lastIndexOf(`(${path})`);
    return index === -1 ? front.length : index;
  };
  const folders = groups.map(([folder, text]) => ({
    text,
    items: pagesIn(folder)
      .toSorted((a, b) => place(a) - place(b))
      .map((path) => ({ text: titleOf(path), link: `/${path.replace(/(?:README)?\.md$/, "")}` })),
  }));
  const others = pagesIn("").filter((path) => path !== "README.md");
  const more = others.map((path) => ({ text: titleOf(path), link: `/${path.replace(/\.md$/, "")}` }));
  return [...folders, { text: "More", items: more }];
}

function pagesIn(folder: string): string[] {
  const names = readdirSync(join(facts.docs, folder)).filter((name) => name.endsWith(".md"));
  return names.map((name) => (folder === "" ? name : `${folder}/${name}`));
}

function titleOf(path: string): string {
  const heading = /^# (.+)$/m.exec(readFileSync(join(facts.docs, path), "utf8"))?.[1] ?? path;
  return heading.replaceAll("`", "");
}
