import { memberOf } from "../../spec/json-pointer.ts";
import type { Schema } from "./schema-parts.ts";

/** The references of a schema, beside its keywords and as parts of its `allOf`. */
export function referencesOf({ $ref, allOf }: Schema): string[] {
  const parts = Array.isArray(allOf) ? allOf.map((part) => memberOf(part, "$ref")) : [];
  return [$ref, ...parts].filter((reference) => typeof reference === "string");
}

export function removeReferences(schema: Schema, references: ReadonlySet<string>): void {
  const { $ref, allOf } = schema;
  if (references.has(String($ref))) Reflect.deleteProperty(schema, "$ref");
  if (!Array.isArray(allOf)) return;
  const rest = allOf.filter((part) => !references.has(String(memberOf(part, "$ref"))));
  if (rest.length > 0) schema["allOf"] = rest;
  else Reflect.deleteProperty(schema, "allOf");
}
