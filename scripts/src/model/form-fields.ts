import type { OpenAPI3 } from "../spec/openapi.ts";
import { isNode } from "../spec/document-shapes.ts";
import { partsOf } from "../spec/normalize/fits.ts";
import type { Schema } from "./model.ts";

export interface FormField {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** Lists the fields of a form, also those of an `allOf`. */
export function formFields(document: OpenAPI3, schema: unknown): FormField[] {
  const parts = partsOf(document, schema);
  const required = new Set(
    parts.flatMap((part) => (Array.isArray(part["required"]) ? part["required"] : [])),
  );
  return parts.flatMap(({ properties }) =>
    Object.entries(isNode(properties) ? properties : {}).map(([name, field]) => ({
      name,
      required: required.has(name),
      schema: field as Schema,
    })),
  );
}
