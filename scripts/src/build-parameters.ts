import type { OpenAPI3, OperationObject, ParameterObject, PathItemObject } from "openapi-typescript";
import { firstExample } from "./first-example.ts";
import { deref } from "./json-reference.ts";
import type { Parameter } from "./model.ts";

/** OpenAPI has other places for these, and ignores parameters of their names (OpenAPI 3.1.0, section 4.8.12.2). */
const ignoredHeaders = new Set(["accept", "content-type", "authorization"]);

/** An operation's own parameter replaces the path's of the same name and place. */
export function buildParameters(
  document: OpenAPI3,
  pathItem: PathItemObject,
  operation: OperationObject,
  pathPointer: string,
  operationPointer: string,
): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const [objects, pointer] of [
    [pathItem.parameters, pathPointer],
    [operation.parameters, operationPointer],
  ] as const) {
    for (const [index, object] of (objects ?? []).entries()) {
      const parameter = deref<ParameterObject>(document, object);
      if (parameter.in === "header" && ignoredHeaders.has(parameter.name.toLowerCase())) continue;
      const style =
        parameter.style ?? (parameter.in === "query" || parameter.in === "cookie" ? "form" : "simple");
      parameters.set(`${parameter.in} ${parameter.name}`, {
        name: parameter.name,
        in: parameter.in,
        required: parameter.required === true,
        deprecated: parameter.deprecated === true,
        description: parameter.description?.trim() ?? "",
        schema: parameter.schema,
        hasContent: parameter.content !== undefined,
        style,
        explode: parameter.explode ?? style === "form",
        allowReserved: parameter.allowReserved === true,
        example: firstExample(document, parameter),
        pointer: `${pointer}/parameters/${index}`,
      });
    }
  }
  return [...parameters.values()];
}
