import { deref } from "../../spec/reference.ts";
import type { OpenAPI3 } from "openapi-typescript";
import { isObject, memberOf, nodeAt, tokensOf } from "../../spec/json-pointer.ts";
import { isHttpMethod } from "../../spec/http-methods.ts";

/** What a reader calls the thing at a pointer: `Pet.name`, "query parameter `limit`", "the 200 response". */
export function labelOf(document: OpenAPI3, pointer: string): string {
  const tokens = tokensOf(pointer);
  const [root, second = "", third = ""] = tokens;
  if (root === "paths") return pathLabel(document, tokens);
  if (root !== "components") return "the document";
  if (second === "schemas") return `\`${third}${propertyPath(tokens.slice(3))}\``;
  return partLabel(document, tokens, 3) ?? `\`${third}\``;
}

function pathLabel(document: OpenAPI3, tokens: readonly string[]): string {
  const [, path = "", method = ""] = tokens;
  const isMethod = isHttpMethod(method);
  const part = partLabel(document, tokens, isMethod ? 4 : 3);
  if (part !== undefined) return part;
  const id = isMethod ? memberOf(nodeAt(document, tokens.slice(0, 3)), "operationId") : undefined;
  return `\`${typeof id === "string" ? id : path}\``;
}

/** The part of an operation, or shared part, whose kind stands before `start`. */
function partLabel(document: OpenAPI3, tokens: readonly string[], start: number): string | undefined {
  const kind = tokens[0] === "components" ? tokens[1] : tokens[start - 1];
  switch (kind) {
    case "parameters":
      return parameterLabel(document, tokens.slice(0, tokens[0] === "components" ? start : start + 1));
    case "requestBody":
    case "requestBodies":
      return `the request body${contentPath(tokens)}`;
    case "responses": {
      const status = tokens[0] === "components" ? start - 1 : start;
      const name = tokens[status];
      if (name === undefined) return undefined;
      const response = tokens[0] === "components" ? `the response \`${name}\`` : `the ${name} response`;
      return tokens[status + 1] === "headers" && tokens[status + 2] !== undefined
        ? `the header \`${tokens[status + 2]}\` of ${response}`
        : `${response}${contentPath(tokens)}`;
    }
    case "headers":
      return `the header \`${tokens[2]}\``;
    default:
      return undefined;
  }
}

function parameterLabel(document: OpenAPI3, tokens: readonly string[]): string | undefined {
  const node = nodeAt(document, tokens);
  if (!isObject(node)) return undefined;
  const { name, in: place } = deref<{ name?: string; in?: string }>(document, node);
  return `the ${place} parameter \`${name}\``;
}

/** The way within a body, from its schema on. */
function contentPath(tokens: readonly string[]): string {
  const content = tokens.indexOf("content");
  const path = content === -1 ? "" : propertyPath(tokens.slice(content + 3));
  return path === "" ? "" : `'s \`${path.replace(/^\./, "")}\``;
}

/** The way within a schema, as code would go it. */
function propertyPath(tokens: readonly string[]): string {
  const [first, second, ...rest] = tokens;
  if (first === undefined) return "";
  if (first === "properties" && second !== undefined) return `.${second}${propertyPath(rest)}`;
  const after = [second ?? [], ...rest].flat();
  if (first === "items") return `[]${propertyPath(after)}`;
  if (first === "additionalProperties") return `[key]${propertyPath(after)}`;
  return propertyPath(after);
}
