import type { OpenAPI3 } from "openapi-typescript";
import type { Operation, Tag } from "./model.ts";
import { kebabCase } from "./names.ts";

/** The tags in the order of the document's list, then those that only operations name. Each has a page of its own. */
export function buildTags(document: OpenAPI3, operations: ReadonlyMap<string, readonly Operation[]>): Tag[] {
  const listed = new Map(document.tags?.map((tag) => [tag.name, tag.description?.trim() ?? ""]));
  const slugs = new Set(["index", "models"]);
  return [...new Set([...listed.keys(), ...operations.keys()])]
    .filter((name) => operations.has(name))
    .map((name) => ({
      name,
      description: listed.get(name) ?? "",
      slug: unusedSlug(name, slugs),
      operations: operations.get(name) ?? [],
    }));
}

function unusedSlug(name: string, used: Set<string>): string {
  const slug = kebabCase(name) || "tag";
  let candidate = slug;
  for (let n = 2; used.has(candidate); n++) candidate = `${slug}-${n}`;
  used.add(candidate);
  return candidate;
}
