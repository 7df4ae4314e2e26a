import type { OpenAPI3 } from "openapi-typescript";
import { deref, modelName } from "../../spec/reference.ts";
import type { Operation, RequestBody, Response, Schema } from "../../model/model.ts";
import { successesOf } from "../../model/successes.ts";
import type { TypeScriptTypes } from "./typescript-types.ts";

/** Returns the type of a request body. */
export function bodyType(types: TypeScriptTypes, body: RequestBody): string {
  switch (body.kind) {
    case "json":
      return without(types.document, body.schema, "readOnly", types.typeOf(body.schema, body.pointer));
    case "text":
      return "string";
    case "binary":
      return "BinaryBody";
    case "multipart":
      return "FormData";
    case "urlencoded":
      return "URLSearchParams";
  }
}

/** Returns the type of a response's body. */
export function responseType(types: TypeScriptTypes, response: Response): string {
  switch (response.kind) {
    case undefined:
      return "void";
    case "json":
      return without(
        types.document,
        response.schema,
        "writeOnly",
        types.typeOf(response.schema, response.pointer),
      );
    case "text":
      return "string";
    default:
      return "Blob";
  }
}

/** Returns the result type of a call: the union of its success bodies. A success without a body is `null` beside others. */
export function dataType(types: TypeScriptTypes, operation: Operation): string {
  const all = successesOf(operation).map((response) => responseType(types, response));
  const distinct = [...new Set(all)].map((type) =>
    type === "void" && all.some((other) => other !== "void") ? "null" : type,
  );
  return distinct.join(" | ") || "void";
}

/**
 * Omits the properties that only the other side sets (OpenAPI 3.1.0, section 4.8.24.2), in the model itself and in its `allOf`. Deeper
 * ones keep `readonly`.
 */
function without(document: OpenAPI3, schema: Schema | undefined, mark: keyof Marked, type: string): string {
  if (schema === undefined || modelName(schema) === undefined) return type;
  const names = markedProperties(document, schema, mark);
  return names.length === 0
    ? type
    : `Omit<${type}, ${names.map((name) => JSON.stringify(name)).join(" | ")}>`;
}

function markedProperties(document: OpenAPI3, schema: Schema, mark: keyof Marked): string[] {
  const { properties = {}, allOf = [] } = deref<Composed>(document, schema);
  const own = Object.keys(properties).filter((name) => {
    const property = properties[name] as Marked | undefined;
    // In OpenAPI 3.1, the keywords beside a `$ref` count too.
    return property?.[mark] === true || deref<Marked>(document, property)[mark] === true;
  });
  return [...new Set([...own, ...allOf.flatMap((part) => markedProperties(document, part, mark))])];
}

interface Composed {
  readonly properties?: Record<string, Schema>;
  readonly allOf?: readonly Schema[];
}

interface Marked {
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
}
