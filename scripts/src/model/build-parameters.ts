import type {
  MediaTypeObject,
  OpenAPI3,
  OperationObject,
  ParameterObject,
  PathItemObject,
} from "../spec/openapi.ts";
import { firstExample } from "./build-body.ts";
import { deref } from "../spec/reference.ts";
import type { Parameter } from "./model.ts";
import { textOf } from "../spec/text-of.ts";

/** OpenAPI has other places for these, and ignores parameters of their names (OpenAPI 3.1.0, section 4.8.12.2). */
export const ignoredHeaders = new Set(["accept", "content-type", "authorization"]);
const places: readonly string[] = ["path", "query", "header", "cookie"] satisfies Parameter["in"][];

/** A parameter, before it has a name for the caller. */
export type DeclaredParameter = Omit<Parameter, "member">;

/**
 * Merges the parameters of a path item and of its operation, which take precedence. A name in the braces of the path without a
 * declaration is a string.
 */
export function buildParameters(
  document: OpenAPI3,
  path: string,
  pathItem: PathItemObject,
  operation: OperationObject,
  pathPointer: string,
  operationPointer: string,
): DeclaredParameter[] {
  const parameters = new Map<string, DeclaredParameter>();
  const inPath = new Set(pathNames(path));
  for (const [objects, pointer] of [
    [pathItem.parameters, pathPointer],
    [operation.parameters, operationPointer],
  ] as const) {
    for (const [index, object] of (objects ?? []).entries()) {
      const parameter = deref<Partial<ParameterObject>>(document, object);
      const { name, in: place } = parameter;
      if (typeof name !== "string" || place === undefined || !places.includes(place)) continue;
      if (place === "header" && ignoredHeaders.has(name.toLowerCase())) continue;
      if (place === "path" && !inPath.has(name)) continue;
      parameters.set(
        `${place} ${name}`,
        buildParameter(document, { ...parameter, name, in: place }, `${pointer}/parameters/${index}`),
      );
    }
  }
  for (const name of inPath) {
    const parameter: ParameterObject = { name, in: "path", required: true, schema: { type: "string" } };
    if (!parameters.has(`path ${name}`))
      parameters.set(`path ${name}`, buildParameter(document, parameter, operationPointer));
  }
  return [...parameters.values()];
}

function buildParameter(
  document: OpenAPI3,
  parameter: ParameterObject & { name: string; in: Parameter["in"] },
  pointer: string,
): DeclaredParameter {
  const { name, in: place } = parameter;
  const [content] = Object.entries<object>((parameter.content ?? {}) as Record<string, object>);
  const media = deref<MediaTypeObject>(document, content?.[1]);
  const style = parameter.style ?? (place === "query" || place === "cookie" ? "form" : "simple");
  return {
    name,
    in: place,
    required: parameter.required === true,
    deprecated: parameter.deprecated === true,
    description: textOf(parameter.description),
    schema: content === undefined ? parameter.schema : media.schema,
    mediaType: content?.[0],
    style,
    explode: parameter.explode ?? style === "form",
    allowReserved: parameter.allowReserved === true,
    example: firstExample(document, content === undefined ? parameter : media),
    pointer,
  };
}

/** Lists the names in the braces of a path template. */
export function pathNames(path: string): string[] {
  return Array.from(path.matchAll(/\{([^{}]+)\}/g), ([, name = ""]) => name);
}
