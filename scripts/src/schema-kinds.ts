import type { OpenAPI3 } from "openapi-typescript";
import { deref } from "./json-reference.ts";
import type { Schema } from "./model.ts";

/** The composite kinds of value that a schema may take, wherever in it that is said. */
export function compositeKinds(
  document: OpenAPI3,
  schema: Schema | undefined,
  seen = new Set<object>(),
): Set<"array" | "object"> {
  const kinds = new Set<"array" | "object">();
  const keywords = deref<Keywords>(document, schema ?? {});
  if (seen.has(keywords)) return kinds;
  seen.add(keywords);
  const types = [keywords.type ?? []].flat();
  if (types.includes("array") || keywords.items !== undefined) kinds.add("array");
  if (types.includes("object") || keywords.properties !== undefined) kinds.add("object");
  for (const part of [...(keywords.allOf ?? []), ...(keywords.oneOf ?? []), ...(keywords.anyOf ?? [])]) {
    for (const kind of compositeKinds(document, part, seen)) kinds.add(kind);
  }
  return kinds;
}

/** The items of an array are composite themselves. */
export function hasCompositeItems(document: OpenAPI3, schema: Schema | undefined): boolean {
  const { items } = deref<Keywords>(document, schema ?? {});
  return items !== undefined && compositeKinds(document, items).size > 0;
}

interface Keywords {
  readonly type?: string | readonly string[];
  readonly items?: Schema;
  readonly properties?: object;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}
