// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

export type * from "./schema.ts";
export type * from "./models.ts";
export type * from "./methods.ts";
export type * from "./call.ts";
export type * from "./operation.ts";
export type * from "./server-object.ts";
export { type ErrorName, errorName } from "./error-name.ts";
export { type OperationId, operationTable } from "./operations.ts";
export { server, type ServerVariables, specVersion } from "./server.ts";
