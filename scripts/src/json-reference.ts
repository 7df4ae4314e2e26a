import { type OpenAPI3, resolveRef } from "openapi-typescript";

/** The object itself, or what its `$ref` names; an empty one where that is nothing. */
export function deref<T extends object>(document: OpenAPI3, object: unknown): T {
  if (typeof object !== "object" || object === null) return {} as T;
  if (!("$ref" in object) || typeof object.$ref !== "string") return object as T;
  const found = resolveRef<unknown>(document, object.$ref, { silent: true });
  return (typeof found === "object" && found !== null ? found : {}) as T;
}

/** The name of the model that a schema refers to, if it is nothing but such a reference. */
export function modelName(schema: object | undefined): string | undefined {
  if (schema === undefined || !("$ref" in schema) || typeof schema.$ref !== "string") return undefined;
  const token = /^#\/components\/schemas\/([^/]*)$/.exec(schema.$ref)?.[1];
  return token === undefined ? undefined : unescapePointer(token);
}

/** A member's name as a token of a JSON pointer (RFC 6901, section 3). */
export function escapePointer(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The name that a token of a pointer in a URL's fragment stands for (RFC 6901, sections 4 and 6). */
export function unescapePointer(token: string): string {
  return decoded(token).replaceAll("~1", "/").replaceAll("~0", "~");
}

function decoded(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
