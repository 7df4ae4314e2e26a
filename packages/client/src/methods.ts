import { type Methods, operationTable, type RequestOptions } from "@isc-customizers/types";
import type { RequestDefaults } from "./build-request.ts";
import type { Call } from "./call.ts";
import type { CallArguments } from "./call-arguments.ts";
import { createCall } from "./create-call.ts";
import type { Transport } from "./transport.ts";

/** One method for each row of the operation table. */
export function createMethods(defaults: RequestDefaults, transport: Transport): Methods {
  const methods: Record<string, (args?: CallArguments, options?: RequestOptions) => Call<unknown>> = {};
  for (const [id, operation] of Object.entries(operationTable)) {
    methods[id] = (args = {}, options = {}) =>
      createCall({ id, operation, args, options }, defaults, transport);
  }
  // The table and the signatures are generated from the same spec.
  return methods as never;
}
