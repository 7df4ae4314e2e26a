import type { OpenAPI3 } from "openapi-typescript";
import { buildModel } from "../../model/build-model.ts";

/** The types of the arguments of methods that a document has, by method: of every operation that takes anything. */
export function parameterTypesOf(document: OpenAPI3): ReadonlyMap<string, string> {
  const { operations } = buildModel(document, "").model;
  const takers = operations.filter(({ parameters, requestBody }) => parameters.length > 0 || requestBody);
  return new Map(takers.map(({ id, parametersName }) => [id, parametersName]));
}
