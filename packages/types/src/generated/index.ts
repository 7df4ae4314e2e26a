// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

export type * from "./schema.ts";
export type * from "./models.ts";
export type * from "./methods.ts";
export * from "./call.ts";
export * from "./error-name.ts";
export * from "./operation.ts";
export * from "./retries.ts";
export * from "./server-object.ts";
export { type OperationId, operationTable } from "./operations.ts";
export { server, type ServerVariables, specSha256, specVersion } from "./server.ts";
