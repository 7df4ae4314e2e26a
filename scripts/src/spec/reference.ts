import type { OpenAPI3 } from "openapi-typescript";
import { isObject, memberOf, nodeAt, unescapePointer } from "./json-pointer.ts";

/** Follows the `$ref`s of an object. Returns an empty object if a target is missing. */
export function deref<T extends object>(document: OpenAPI3, object: unknown): T {
  const passed = new Set<string>();
  let found = object;
  for (;;) {
    const reference = memberOf(found, "$ref");
    if (typeof reference !== "string") return (isObject(found) ? found : {}) as T;
    if (passed.has(reference) || !reference.startsWith("#")) return {} as T;
    passed.add(reference);
    found = nodeAt(document, reference.split("/").slice(1).map(unescapePointer));
  }
}

/** Returns the name of the model that a schema refers to, if the schema is a reference. */
export function modelName(schema: object | undefined): string | undefined {
  if (schema === undefined || !("$ref" in schema) || typeof schema.$ref !== "string") return undefined;
  const token = /^#\/components\/schemas\/([^/]*)$/.exec(schema.$ref)?.[1];
  return token === undefined ? undefined : unescapePointer(token);
}
