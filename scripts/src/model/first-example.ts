import type { OpenAPI3 } from "openapi-typescript";
import { deref } from "../spec/reference.ts";

/** Returns the first example of a parameter or a body. */
export function firstExample(document: OpenAPI3, object: { example?: unknown; examples?: unknown }): unknown {
  if (object.example !== undefined) return object.example;
  const [first] = Object.values(Object(object.examples) as Record<string, unknown>);
  return deref<{ value?: unknown }>(document, first).value;
}
