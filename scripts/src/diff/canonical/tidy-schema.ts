import { isDeepStrictEqual } from "node:util";
import { isObject } from "../../spec/json-pointer.ts";
import { annotations, isOpenness } from "./keywords.ts";
import { schemaForm } from "../../spec/document-shapes.ts";
import { isNull, type Schema } from "./schema-parts.ts";

/** Writes the keywords of a schema in one way, and removes those that repeat the default. */
export function tidySchema(schema: Schema): void {
  // OpenAPI 3.0 has a format for it: https://spec.openapis.org/registry/format/byte
  if (schema["contentEncoding"] === "base64" && (schema["format"] ?? "byte") === "byte") {
    Reflect.deleteProperty(schema, "contentEncoding");
    schema["format"] = "byte";
  }
  tidyAlternatives(schema);
  tidyTypes(schema);
  for (const [bound, limit, step] of [
    ["minimum", "exclusiveMinimum", 1],
    ["maximum", "exclusiveMaximum", -1],
  ] as const) {
    // In OpenAPI 3.0, an exclusive bound is a flag: https://spec.openapis.org/oas/v3.0.3#properties
    if (schema[limit] === true) {
      schema[limit] = schema[bound];
      Reflect.deleteProperty(schema, bound);
    }
    const value = schema[limit];
    if (schema["type"] !== "integer" || !Number.isInteger(value) || schema[bound] !== undefined) continue;
    schema[bound] = (value as number) + step;
    Reflect.deleteProperty(schema, limit);
  }
  for (const [keyword, value] of Object.entries(schema)) {
    const isEmpty = isObject(value) && Object.keys(value).length === 0;
    const isDefault =
      value === undefined ||
      (value === false && !isOpenness(keyword) && keyword !== "default") ||
      (isEmpty && (keyword === "required" || keyword === "items" || schemaForm(keyword) === "map")) ||
      (value === 0 && /^min(?:Length|Items|Properties)$/.test(keyword));
    if (isDefault) Reflect.deleteProperty(schema, keyword);
  }
}

/** Merges nested alternatives, lists of types and enums: TypeScript has one union for all of them. */
function tidyAlternatives(schema: Schema): void {
  if (!Array.isArray(schema["oneOf"])) return;
  const all = (schema["oneOf"] as Schema[]).flatMap((alternative) => {
    if (alternative["nullable"] === true || isNull(alternative)) schema["nullable"] = true;
    Reflect.deleteProperty(alternative, "nullable");
    const { oneOf, ...others } = alternative;
    if (isNull(alternative)) return [];
    return Array.isArray(oneOf) && Object.keys(others).length === 0 ? (oneOf as Schema[]) : [alternative];
  });
  const oneOf = all.filter((one, index) => all.findIndex((other) => isDeepStrictEqual(one, other)) === index);
  schema["oneOf"] = oneOf;
  const structure = Object.keys(schema).filter(
    (keyword) => !annotations.has(keyword) && keyword !== "nullable",
  );
  if (structure.length !== 1) return;
  const holds = (alternative: Schema, names: readonly string[]) =>
    alternative[names[0] ?? ""] !== undefined &&
    Object.keys(alternative).every((name) => names.includes(name));
  const keyword = oneOf.every((each: Schema) => holds(each, ["enum", "type"]))
    ? "enum"
    : oneOf.every((each: Schema) => holds(each, ["type"]))
      ? "type"
      : undefined;
  if (keyword === undefined) return;
  Reflect.deleteProperty(schema, "oneOf");
  schema[keyword] = [...new Set(oneOf.flatMap((each: Schema) => each[keyword]))];
}

function tidyTypes(schema: Schema): void {
  const values = schema["enum"];
  let types = [schema["type"] ?? []].flat().filter((type, _, all) => type !== "null" || all.length === 1);
  if (Array.isArray(values)) {
    const left = values.filter((value) => value !== null);
    if (left.length === 0 && values.length > 0) types = ["null"];
    else if (types.length === 0) types = [...new Set(left.map(typeOfValue))];
    schema["enum"] = left.length > 0 ? left : undefined;
  }
  if (types.length === 0 && schema["$ref"] === undefined && schema["oneOf"] === undefined) {
    if (schema["properties"] !== undefined || schema["additionalProperties"] !== undefined)
      types = ["object"];
    else if (schema["items"] !== undefined) types = ["array"];
  }
  if (schema["$ref"] !== undefined && isDeepStrictEqual(types, ["object"])) types = [];
  schema["type"] =
    types.length > 1 ? types.map(String).toSorted((one, other) => one.localeCompare(other)) : types[0];
}

function typeOfValue(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value !== "number") return typeof value;
  return Number.isInteger(value) ? "integer" : "number";
}
