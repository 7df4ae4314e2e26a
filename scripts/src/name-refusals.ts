import { contractNames } from "./contract.ts";
import type { ApiModel } from "./model.ts";
import { isIdentifier, parametersName } from "./names.ts";
import type { Refusal } from "./refusal.ts";

/** Names that the generated modules export besides those of the contract, or use. */
const takenModelNames = new Set(
  contractNames.concat(
    ["paths", "webhooks", "components", "operations", "$defs", "Methods", "OperationId", "operationTable"],
    ["ServerVariables", "server", "specVersion", "WithRequired"],
    ["Array", "Promise", "Record", "Omit", "Blob", "FormData", "URLSearchParams"],
  ),
);
/** The names of types that cannot be, or that clash. */
export function nameRefusals({ models, operations }: ApiModel): Refusal[] {
  const remedy = "Rename the schema.";
  const refusals: Refusal[] = [];
  for (const { name, pointer } of models) {
    if (!isIdentifier(name))
      refusals.push({ pointer, message: `The schema "${name}" cannot name a TypeScript type.`, remedy });
    if (takenModelNames.has(name))
      refusals.push({ pointer, message: `The name "${name}" is taken by the generated code.`, remedy });
  }
  const names = new Map(models.map(({ name, pointer }) => [name, pointer]));
  for (const { id, pointer } of operations.filter((operation) => operation.id !== "")) {
    const name = parametersName(id);
    const other = names.get(name);
    if (other !== undefined) {
      refusals.push({
        pointer: `${pointer}/operationId`,
        message: `The operation "${id}" needs the type name ${name}, which ${other} has already.`,
        remedy: "Rename one of them.",
      });
    }
    names.set(name, pointer);
  }
  return refusals;
}
