import { formFields } from "../../model/form-fields.ts";
import type { Documented, Operation, RequestBody } from "../../model/model.ts";
import { deref, modelName } from "../../spec/reference.ts";
import { textOf } from "../../spec/text-of.ts";
import { bodyType } from "../typescript/type-names.ts";
import type { TypeScriptTypes } from "../typescript/typescript-types.ts";
import { boundsOf, defaultOf } from "./constraints.ts";
import { code, table } from "./markdown.ts";
import { typeLink } from "./type-link.ts";

/** Emits a table of the parameters, with the body and the fields of a form. */
export function parameterTable(types: TypeScriptTypes, { parameters, requestBody }: Operation): string {
  if (parameters.length === 0 && requestBody === undefined) return "None.\n";
  const rows = parameters.map((parameter) => {
    const bounds = boundsOf(types.document, parameter.schema);
    return [
      code(parameter.member),
      parameter.in,
      typeLink(types, types.typeOf(parameter.schema, parameter.pointer)),
      parameter.required || parameter.in === "path" ? "yes" : "no",
      defaultOf(types.document, parameter.schema) ?? "",
      [parameter.deprecated ? "**Deprecated.**" : "", parameter.description, bounds && `(${bounds})`]
        .filter(Boolean)
        .join(" "),
    ];
  });
  if (requestBody) {
    const { required, description } = requestBody;
    rows.push([
      code("body"),
      "body",
      bodyTypeCell(types, requestBody),
      required ? "yes" : "no",
      "",
      description,
    ]);
    if (isForm(requestBody)) rows.push(...fieldRows(types, requestBody));
  }
  return table(["Name", "In", "Type", "Required", "Default", "Description"], rows);
}

/** Formats the type of a body. The fields of a form without a name follow in rows of their own. */
function bodyTypeCell(types: TypeScriptTypes, body: RequestBody): string {
  const isNamed = modelName(body.schema) !== undefined;
  const hasFields = isForm(body) && formFields(types.document, body.schema).length > 0;
  if (!hasFields || isNamed) return typeLink(types, bodyType(types, body));
  return `object or ${code(body.kind === "multipart" ? "FormData" : "URLSearchParams")}`;
}

function isForm({ kind }: RequestBody): boolean {
  return kind === "multipart" || kind === "urlencoded";
}

function fieldRows(types: TypeScriptTypes, { schema, pointer }: RequestBody): string[][] {
  return formFields(types.document, schema).map((field) => [
    code(`body.${field.name}`),
    "form",
    typeLink(types, types.typeOf(field.schema, `${pointer}/${field.name}`)),
    field.required ? "yes" : "no",
    defaultOf(types.document, field.schema) ?? "",
    textOf(deref<Documented>(types.document, field.schema).description),
  ]);
}
