import type { OpenAPI3 } from "./openapi.ts";
import { isObject, memberOf, nodeAt, unescapePointer } from "./json-pointer.ts";

/** Follows a `$ref` within a document, through any chain of references. Returns `undefined` for a missing target or a cycle. */
export function targetOf(document: object, reference: unknown): unknown {
  const passed = new Set<unknown>();
  let found: unknown = { $ref: reference };
  while (isObject(found) && Object.hasOwn(found, "$ref")) {
    const { $ref } = found;
    if (typeof $ref !== "string" || !$ref.startsWith("#") || passed.has($ref)) return undefined;
    passed.add($ref);
    found = nodeAt(document, $ref.split("/").slice(1).map(unescapePointer));
  }
  return found;
}

/** Returns an object, or the target of its `$ref`; an empty object if the target is missing. */
export function deref<T extends object>(document: OpenAPI3, object: unknown): T {
  const reference = memberOf(object, "$ref");
  const target = typeof reference === "string" ? targetOf(document, reference) : object;
  return (isObject(target) ? target : {}) as T;
}

/** Returns the name of the model that a schema refers to, if the schema is a reference. */
export function modelName(schema: object | undefined): string | undefined {
  if (schema === undefined || !("$ref" in schema) || typeof schema.$ref !== "string") return undefined;
  const token = /^#\/components\/schemas\/([^/]*)$/.exec(schema.$ref)?.[1];
  return token === undefined ? undefined : unescapePointer(token);
}
