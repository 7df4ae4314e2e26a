import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli/repository.ts";
import { emitApiPage } from "./emit-api-page.ts";
import { apiPages } from "./pages.ts";
import { readDeclarations } from "./read-declarations.ts";

/** Builds the pages of the reference that are made from the docstrings of the built packages, by path. */
export async function buildApiPages(): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const page of apiPages) {
    const text = await readFile(join(root, page.declarations), "utf8");
    pages.set(`docs/reference/${page.file}`, emitApiPage(page, readDeclarations(page.declarations, text)));
  }
  return pages;
}
