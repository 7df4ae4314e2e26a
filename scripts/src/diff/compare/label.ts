import { deref } from "../../spec/reference.ts";
import type { OpenAPI3 } from "../../spec/openapi.ts";
import { memberOf, nodeAt, tokensOf } from "../../spec/json-pointer.ts";
import { isHttpMethod } from "../../spec/http-methods.ts";

/** Names the node at a pointer for a reader: `Pet.name`, "the query parameter `limit`", "the 200 response". */
export function labelOf(document: OpenAPI3, pointer: string): string {
  const tokens = tokensOf(pointer);
  // A keyword that comes or goes is a change of its schema.
  if (
    /^(?:items|(?:additional|unevaluated)Properties)$/.test(tokens.at(-1) ?? "") &&
    tokens.at(-2) !== "properties"
  )
    tokens.pop();
  const [root, section = "", name = ""] = tokens;
  switch (root) {
    case "paths":
    case "webhooks":
      return pathLabel(document, tokens);
    case "components":
      return section === "schemas"
        ? `\`${name}${propertyPath(tokens.slice(3))}\``
        : (partLabel(document, tokens, 2, section) ?? `\`${name}\``);
    default:
      return "the document";
  }
}

function pathLabel(document: OpenAPI3, tokens: readonly string[]): string {
  const [root, path = "", method = ""] = tokens;
  const start = isHttpMethod(method) ? 4 : 3;
  const id = start === 4 ? memberOf(nodeAt(document, tokens.slice(0, 3)), "operationId") : undefined;
  const part = partLabel(document, tokens, start, tokens[start - 1]);
  if (root === "webhooks")
    return part === undefined ? `the webhook \`${path}\`` : `${part} of the webhook \`${path}\``;
  return part ?? `\`${typeof id === "string" ? id : path}\``;
}

/** Names a part of an operation or a component. `start` is the position of its name or index. */
function partLabel(
  document: OpenAPI3,
  tokens: readonly string[],
  start: number,
  kind: string | undefined,
): string | undefined {
  const isShared = tokens[0] === "components";
  const name = tokens[start];
  switch (kind) {
    case "parameters": {
      if (name === undefined) return undefined;
      const parameter = deref<{ name?: string; in?: string }>(
        document,
        nodeAt(document, tokens.slice(0, start + 1)),
      );
      return `the ${parameter.in} parameter \`${parameter.name}\``;
    }
    case "requestBody":
    case "requestBodies":
      return `the request body${contentPath(tokens)}`;
    case "responses": {
      if (name === undefined) return undefined;
      const response = isShared ? `the response \`${name}\`` : `the ${name} response`;
      const [header, ...rest] = tokens[start + 1] === "headers" ? tokens.slice(start + 2) : [];
      return header === undefined || rest[0] === "content"
        ? `${response}${contentPath(tokens)}`
        : `the header \`${header}\` of ${response}`;
    }
    case "headers":
      return `the header \`${name}\``;
    default:
      return undefined;
  }
}

/** The path within a body, from its schema on. */
function contentPath(tokens: readonly string[]): string {
  const content = tokens.indexOf("content");
  const path = content === -1 ? "" : propertyPath(tokens.slice(content + 3));
  return path === "" ? "" : `'s \`${path.replace(/^\./, "")}\``;
}

/** The path within a schema, as code would write it. */
function propertyPath(tokens: readonly string[]): string {
  const [first, second, ...rest] = tokens;
  if (first === undefined) return "";
  if (first === "properties" && second !== undefined) return `.${second}${propertyPath(rest)}`;
  const after = second === undefined ? [] : [second, ...rest];
  if (first === "items") return `[]${propertyPath(after)}`;
  if (first === "additionalProperties") return `[key]${propertyPath(after)}`;
  return propertyPath(after);
}
