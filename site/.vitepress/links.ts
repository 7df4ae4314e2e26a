import { statSync } from "node:fs";
import { join, posix } from "node:path";
import type { MarkdownRenderer } from "vitepress";
import { facts } from "./facts.ts";

/**
 * Rewrites relative links, which are made for GitHub: a link to `README.md` leads to the index of its folder, and a link out of `docs/` to
 * the repository.
 */
export function rewriteLinks(md: MarkdownRenderer, repository: string): void {
  md.core.ruler.push("rewrite-links", (state) => {
    const { relativePath } = state.env as { readonly relativePath: string };
    for (const { children } of state.tokens) {
      for (const token of children ?? []) {
        const href = token.type === "link_open" ? token.attrGet("href") : null;
        if (href !== null) token.attrSet("href", target(relativePath, href, repository));
      }
    }
  });
}

function target(page: string, href: string, repository: string): string {
  if (/^(?:[a-z][a-z+.-]*:|#|\/)/i.test(href)) return href;
  const [path = "", fragment] = href.split("#", 2);
  const inDocs = posix.join(posix.dirname(page), path);
  if (inDocs.startsWith("..")) {
    const inRepository = posix.join("docs", inDocs);
    const kind = statSync(join(facts.root, inRepository)).isDirectory() ? "tree" : "blob";
    return `${repository}/${kind}/main/${inRepository}${fragment === undefined ? "" : `#${fragment}`}`;
  }
  return href.replace(/README\.md(?=$|#)/, "index.md");
}
