import { contractNames } from "../contract/contract-files.ts";
import { asIdentifier, isIdentifier, Names, pascalCase, propertyName } from "./names.ts";

/** Other names that the generated modules export or use. */
const taken = contractNames.concat(
  ["paths", "webhooks", "components", "operations", "$defs", "Methods", "OperationId", "operationTable"],
  ["ServerVariables", "server", "specVersion", "WithRequired"],
  ["Array", "Promise", "Record", "Omit", "Blob", "FormData", "URLSearchParams"],
);

/**
 * Names the TypeScript type of every schema. Names that need no change are assigned first, so that a new schema does not take the name
 * of another. docs/naming.md has the rules.
 */
export function nameModels(schemas: readonly string[]): { names: ReadonlyMap<string, string>; scope: Names } {
  const reserved = new Set(taken);
  const isKept = (schema: string) => isIdentifier(schema) && !reserved.has(schema);
  const scope = new Names(schemas.filter(isKept).concat(taken));
  const names = schemas.map((schema) => [schema, isKept(schema) ? schema : newName(schema, scope)] as const);
  return { names: new Map(names), scope };
}

function newName(schema: string, scope: Names): string {
  const name = asIdentifier(pascalCase(schema)) || "Schema";
  // A reserved word is not kept with another case, which would be confusing.
  const means = propertyName(schema) === schema || !isIdentifier(name) || taken.includes(name);
  return scope.claim(means ? `${name}Model` : name);
}
