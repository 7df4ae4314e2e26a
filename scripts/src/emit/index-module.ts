import { contractFiles } from "../contract/contract-files.ts";
import type { ApiModel } from "../model/model.ts";
import { head } from "./head.ts";

/** The inventory of the generated modules. */
export function emitIndex({ source }: ApiModel): string {
  const contract = [...contractFiles.keys()].map((file) => `export * from "./${file}";\n`);
  return `${head(source)}
export type * from "./schema.ts";
export type * from "./models.ts";
export type * from "./methods.ts";
${contract.join("")}export { type OperationId, operationTable } from "./operations.ts";
export { server, type ServerVariables, specSha256, specVersion } from "./server.ts";
`;
}
