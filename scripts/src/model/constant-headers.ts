import type { Keywords, OpenAPI3 } from "../spec/openapi.ts";
import type { DeclaredParameter } from "./build-parameters.ts";
import { deref } from "../spec/reference.ts";
import type { ConstantHeader } from "./model.ts";

/** Separates the parameters that a caller passes from the headers with a constant value. */
export function separateConstantHeaders(
  document: OpenAPI3,
  declared: readonly DeclaredParameter[],
): { parameters: DeclaredParameter[]; headers: ConstantHeader[] } {
  const parameters: DeclaredParameter[] = [];
  const headers: ConstantHeader[] = [];
  for (const parameter of declared) {
    const value = constantValueOf(document, parameter);
    if (value === undefined) parameters.push(parameter);
    else headers.push({ name: parameter.name, value, description: parameter.description });
  }
  return { parameters, headers };
}

/**
 * Returns the only value that a required header may have. A `const` is an `enum` with one value:
 * https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.3
 */
function constantValueOf(document: OpenAPI3, parameter: DeclaredParameter): string | undefined {
  if (parameter.in !== "header" || !parameter.required || parameter.mediaType !== undefined) return undefined;
  const keywords = deref<Keywords>(document, parameter.schema ?? {});
  const [value, ...others] = keywords.const === undefined ? [keywords.enum ?? []].flat() : [keywords.const];
  return typeof value === "string" && others.length === 0 ? value : undefined;
}
