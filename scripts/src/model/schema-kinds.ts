import type { Keywords, OpenAPI3 } from "../spec/openapi.ts";
import { deref } from "../spec/reference.ts";
import type { Schema } from "./model.ts";

/** Collects the composite kinds of value (array, object) that a schema allows, at any depth of its composition. */
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

/** Returns `true` if every value of the schema is an array or an object. */
export function isComposite(
  document: OpenAPI3,
  schema: unknown,
  seen: ReadonlySet<object> = new Set(),
): boolean {
  const keywords = deref<Keywords>(document, schema);
  if (seen.has(keywords)) return false;
  const { type, items, properties, allOf = [], oneOf, anyOf } = keywords;
  const types = [type ?? []].flat();
  if (types.length > 0) return types.every((name) => name === "array" || name === "object");
  if (items !== undefined || properties !== undefined) return true;
  const within = new Set(seen).add(keywords);
  return (
    allOf.some((part) => isComposite(document, part, within)) ||
    [oneOf, anyOf].some(
      (parts = []) => parts.length > 0 && parts.every((part) => isComposite(document, part, within)),
    )
  );
}

/** Names a part of an array or an object that is itself an array or an object: `items`, or the name of a property. */
export function nestedPart(document: OpenAPI3, schema: Schema | undefined): string | undefined {
  const { items, properties = {} } = deref<Keywords>(document, schema);
  if (items !== undefined && isComposite(document, items)) return "items";
  return Object.keys(properties).find((name) => isComposite(document, properties[name]));
}
