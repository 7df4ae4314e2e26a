import type { OpenAPI3 } from "openapi-typescript";
import { buildModel } from "../build-model.ts";
import { parametersName } from "../names.ts";

/** The types of the arguments of methods that a document has: of every operation that takes anything. */
export function parameterTypesOf(document: OpenAPI3): ReadonlySet<string> {
  const { operations } = buildModel(document, "");
  const takers = operations.filter(({ parameters, requestBody }) => parameters.length > 0 || requestBody);
  return new Set(takers.map(({ id }) => parametersName(id)));
}
