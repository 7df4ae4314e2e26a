import { type OpenAPI3, resolveRef } from "openapi-typescript";

/** The object itself, or what its `$ref` names. A loaded spec has no reference that leads nowhere. */
export function deref<T extends object>(document: OpenAPI3, object: object): T {
  if (!("$ref" in object) || typeof object.$ref !== "string") return object as T;
  return resolveRef<T>(document, object.$ref, { silent: true }) ?? ({} as T);
}

/** The name of the model that a schema refers to, if it is nothing but such a reference. */
export function modelName(schema: object | undefined): string | undefined {
  if (schema === undefined || !("$ref" in schema) || typeof schema.$ref !== "string") return undefined;
  const token = /^#\/components\/schemas\/([^/]+)$/.exec(schema.$ref)?.[1];
  return token && decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~");
}

/** A member's name as a token of a JSON pointer (RFC 6901, section 3). */
export function escapePointer(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}
