import type { OpenAPI3 } from "../spec/openapi.ts";
import type { Operation, Tag } from "./model.ts";
import { kebabCase } from "../naming/names.ts";
import { textOf } from "../spec/text-of.ts";

/** Lists the tags of the document, then those that only operations have. Each tag has a page of the reference. */
export function buildTags(document: OpenAPI3, operations: readonly Operation[]): Tag[] {
  const listed = new Map(document.tags?.map((tag) => [textOf(tag.name), textOf(tag.description)]));
  const tagged = new Map<string, Operation[]>([...listed.keys()].map((name) => [name, []]));
  for (const operation of operations) {
    for (const name of operation.tags) {
      const others = tagged.get(name);
      if (others === undefined) tagged.set(name, [operation]);
      else others.push(operation);
    }
  }
  const slugs = new Set(["index", "models"]);
  return [...tagged]
    .filter(([, its]) => its.length > 0)
    .map(([name, its]) => ({
      name,
      description: listed.get(name) ?? "",
      slug: unusedSlug(name, slugs),
      operations: its,
    }));
}

function unusedSlug(name: string, used: Set<string>): string {
  const slug = kebabCase(name) || "tag";
  let candidate = slug;
  for (let n = 2; used.has(candidate); n++) candidate = `${slug}-${n}`;
  used.add(candidate);
  return candidate;
}
