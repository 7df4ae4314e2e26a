import { formFields } from "../../model/form-fields.ts";
import type { Operation, RequestBody, Response } from "../../model/model.ts";
import { successesOf } from "../../model/successes.ts";
import type { TypeScriptTypes } from "./typescript-types.ts";

export function bodyType(types: TypeScriptTypes, body: RequestBody): string {
  switch (body.kind) {
    case "json":
      return types.typeOf(body.schema, body.pointer);
    case "text":
      return "string";
    case "binary":
      return "BinaryBody";
    case "multipart":
      return formType(types, body, "FormData");
    case "urlencoded":
      return formType(types, body, "URLSearchParams");
  }
}

/** A form with known fields may be an object. */
function formType(types: TypeScriptTypes, { schema, pointer }: RequestBody, form: string): string {
  return formFields(types.document, schema).length === 0
    ? form
    : `${types.typeOf(schema, pointer)} | ${form}`;
}

export function responseType(types: TypeScriptTypes, response: Response): string {
  if (response.kind === undefined) return "void";
  if (response.kind === "json") return types.typeOf(response.schema, response.pointer);
  return response.kind === "text" ? "string" : "Blob";
}

/** Returns the result type of a call: the union of its success bodies. A success without a body is `null` beside others. */
export function dataType(types: TypeScriptTypes, operation: Operation): string {
  const all = successesOf(operation).map((response) => responseType(types, response));
  const distinct = [...new Set(all)].map((type) =>
    type === "void" && all.some((other) => other !== "void") ? "null" : type,
  );
  return distinct.join(" | ") || "void";
}
