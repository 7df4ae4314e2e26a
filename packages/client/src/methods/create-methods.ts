import { type Methods, operationTable } from "@isc-customizers/types";
import { createMethod, type MethodContext } from "./create-method.ts";

/** Creates a method for each row of the operation table. */
export function createMethods(context: MethodContext): Methods {
  const methods = Object.entries(operationTable).map(([id, operation]) => [
    id,
    createMethod(id, operation, context),
  ]);
  // The table and the signatures are generated from the same spec.
  return Object.fromEntries(methods) as never;
}
