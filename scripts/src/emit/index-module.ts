import type { ApiModel } from "../model.ts";
import { head } from "./head.ts";

/** The inventory of the generated modules. */
export function emitIndex({ source }: ApiModel): string {
  return `${head(source)}\nexport type * from "./schema.ts";
export type * from "./models.ts";
export type * from "./methods.ts";
export type * from "./call.ts";
export type * from "./operation.ts";
export type * from "./server-object.ts";
export { type ErrorName, errorName } from "./error-name.ts";
export { type OperationId, operationTable } from "./operations.ts";
export { server, type ServerVariables, specVersion } from "./server.ts";
`;
}
