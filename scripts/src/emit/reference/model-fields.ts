import { formFields } from "../../model/form-fields.ts";
import type { Documented, Model } from "../../model/model.ts";
import { deref } from "../../spec/reference.ts";
import { textOf } from "../../spec/text-of.ts";
import type { TypeScriptTypes } from "../typescript/typescript-types.ts";
import { boundsOf } from "./constraints.ts";
import { code, table } from "./markdown.ts";
import { typeLink } from "./type-link.ts";

/** The members of a property that the table shows, besides its type. */
interface Property extends Documented {
  readonly readOnly?: unknown;
  readonly writeOnly?: unknown;
  readonly example?: unknown;
  readonly examples?: unknown;
}

/** Emits a table of the properties of a model. Empty for a model without properties of its own, such as a union. */
export function fieldTable(types: TypeScriptTypes, { schema, pointer }: Model): string {
  const fields = formFields(types.document, schema);
  if (fields.length === 0) return "";
  const rows = fields.map((field) => {
    const property = deref<Property>(types.document, field.schema);
    const bounds = boundsOf(types.document, field.schema);
    return [
      code(field.name),
      typeLink(types, types.typeOf(field.schema, `${pointer}/properties/${field.name}`)),
      field.required ? "yes" : "no",
      accessOf(property),
      [
        property.deprecated === true ? "**Deprecated.**" : "",
        textOf(property.description),
        bounds && `(${bounds})`,
      ]
        .filter(Boolean)
        .join(" "),
      exampleOf(property),
    ];
  });
  return table(["Name", "Type", "Required", "Access", "Description", "Example"], rows);
}

function accessOf({ readOnly, writeOnly }: Property): string {
  if (readOnly === true) return "read-only";
  return writeOnly === true ? "write-only" : "";
}

function exampleOf({ example, examples }: Property): string {
  const value: unknown = example ?? (Array.isArray(examples) ? examples[0] : undefined);
  return value === undefined ? "" : code(JSON.stringify(value));
}
