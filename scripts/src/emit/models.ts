import { docComment } from "./typescript/doc-comment.ts";
import { deref } from "../spec/reference.ts";
import type { ApiModel, Documented } from "../model/model.ts";
import { textOf } from "../spec/text-of.ts";
import { createTypeScriptTypes } from "./typescript/typescript-types.ts";
import { head } from "./head.ts";
import { importOf } from "./typescript/imports.ts";

/** A TypeScript type for every named schema. */
export function emitModels(model: ApiModel): string {
  const { source, document, models } = model;
  const types = createTypeScriptTypes(model);
  const declarations = models.map(({ name, schema, pointer }) => {
    const { title, description, deprecated } = deref<Documented>(document, schema);
    const doc = docComment([
      textOf(title),
      textOf(description),
      deprecated === true ? "@deprecated" : undefined,
    ]);
    return doc + types.declarationOf(name, schema, pointer);
  });
  const body = [...declarations, types.helpers()].filter(Boolean).join("\n\n") || "export {};";
  return [head(source), importOf(["components"], "./schema.ts", body), `${body}\n`]
    .filter(Boolean)
    .join("\n");
}
