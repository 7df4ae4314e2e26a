import type { OpenAPI3 } from "openapi-typescript";
import { isObject, memberOf, nodeAt, unescapePointer } from "./json-pointer.ts";

/** The object itself, or what its `$ref` names, through any chain of them; an empty one where that is nothing. */
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

/** The name of the model that a schema refers to, if it is nothing but such a reference. */
export function modelName(schema: object | undefined): string | undefined {
  if (schema === undefined || !("$ref" in schema) || typeof schema.$ref !== "string") return undefined;
  const token = /^#\/components\/schemas\/([^/]*)$/.exec(schema.$ref)?.[1];
  return token === undefined ? undefined : unescapePointer(token);
}
