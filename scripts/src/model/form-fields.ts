import type { OpenAPI3 } from "../spec/openapi.ts";
import { isNode, type Node } from "../spec/document-shapes.ts";
import { deref } from "../spec/reference.ts";
import type { Schema } from "./model.ts";

/** A field of a form. */
export interface FormField {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** Lists the fields of a form, also those of an `allOf`. */
export function formFields(document: OpenAPI3, schema: unknown): FormField[] {
  if (!isNode(schema)) return [];
  const { properties, required, allOf } = deref<Node>(document, schema);
  const names: unknown[] = Array.isArray(required) ? required : [];
  const own = Object.entries(isNode(properties) ? properties : {}).map(([name, field]) => ({
    name,
    required: names.includes(name),
    schema: field as Schema,
  }));
  return [...own, ...(Array.isArray(allOf) ? allOf.flatMap((part) => formFields(document, part)) : [])];
}
