import type { Keywords, OpenAPI3 } from "../../spec/openapi.ts";
import { deref } from "../../spec/reference.ts";
import type { Schema } from "../../model/model.ts";

/** Returns `true` if the schema allows `null`, in OpenAPI 3.1 or 3.0. */
export function isNullable(
  document: OpenAPI3,
  schema: Schema | undefined,
  seen: ReadonlySet<object> = new Set(),
): boolean {
  if (schema === undefined) return true;
  const keywords = deref<Keywords>(document, schema);
  if (seen.has(keywords)) return false;
  const within = new Set(seen).add(keywords);
  const { type, nullable, enum: values, oneOf, anyOf, allOf } = keywords;
  if (nullable === true || (type ?? values ?? oneOf ?? anyOf ?? allOf) === undefined) return true;
  if (type === "null" || (Array.isArray(type) && type.includes("null"))) return true;
  if (type !== undefined) return false;
  if (values !== undefined) return [values].flat().includes(null);
  if (allOf !== undefined) return allOf.every((part) => isNullable(document, part, within));
  return [...(oneOf ?? []), ...(anyOf ?? [])].some((part) => isNullable(document, part, within));
}
