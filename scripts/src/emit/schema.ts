import { astToString, transformSchema } from "openapi-typescript";
import type { ApiModel } from "../model/model.ts";
import { createContext } from "./typescript/typescript-types.ts";
import { head } from "./head.ts";

/** `paths`, `operations` and `components`, as openapi-typescript writes them. */
export function emitSchema(model: ApiModel): string {
  return `${head(model.source)}\n${astToString(transformSchema(model.document, createContext(model)))}`;
}
