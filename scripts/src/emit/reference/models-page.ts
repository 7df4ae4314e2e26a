import type { ApiModel, Documented, Model } from "../../model/model.ts";
import { deref } from "../../spec/reference.ts";
import { textOf } from "../../spec/text-of.ts";
import { createTypeScriptTypes, type TypeScriptTypes } from "../typescript/typescript-types.ts";
import { markdownHead } from "../head.ts";
import { fieldTable } from "./model-fields.ts";
import { typeLink } from "./type-link.ts";
import { usersOfModels } from "./used-by.ts";

/** Emits the page of the named types, with their properties and the places that use them. */
export function emitModelsPage(model: ApiModel): string {
  const types = createTypeScriptTypes(model);
  const users = usersOfModels(model);
  const sections = model.models.map((one) => section(types, one, [...(users.get(one.schemaName) ?? [])]));
  return `${markdownHead(model.source)}\n` + ["# Models\n", ...sections, "[Index](index.md)\n"].join("\n");
}

function section(types: TypeScriptTypes, model: Model, users: readonly string[]): string {
  const { name, schema, pointer } = model;
  const { title, description, deprecated } = deref<Documented>(types.document, schema);
  const texts = [deprecated === true ? "**Deprecated.**" : "", textOf(title), textOf(description)];
  const fields = fieldTable(types, model);
  return [
    `## ${name}\n`,
    ...texts.filter((text) => text !== "").map((text) => `${text}\n`),
    fields || `Type: ${typeLink(types, types.typeOf(schema, pointer))}\n`,
    users.length === 0 ? "No operation uses it.\n" : `Used by ${users.join(", ")}.\n`,
  ].join("\n");
}
