import { type Methods, operationTable } from "@isc-customizers/types";
import type { RequestDefaults } from "../openapi/build-request.ts";
import { createMethod } from "./create-method.ts";
import type { Transport } from "../transport/transport.ts";

/** One method for each row of the operation table. */
export function createMethods(defaults: RequestDefaults, transport: Transport): Methods {
  const methods = Object.entries(operationTable).map(([id, operation]) => [
    id,
    createMethod(id, operation, defaults, transport),
  ]);
  // The table and the signatures are generated from the same spec.
  return Object.fromEntries(methods) as never;
}
