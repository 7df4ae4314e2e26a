import type { ApiModel, Documented } from "../../model/model.ts";
import { deref } from "../../spec/reference.ts";
import { textOf } from "../../spec/text-of.ts";
import { createTypeScriptTypes } from "../typescript/typescript-types.ts";
import { markdownHead } from "../head.ts";

/** Emits the page of the named types, with their declarations. */
export function emitModelsPage(model: ApiModel): string {
  const { source, document, models } = model;
  const types = createTypeScriptTypes(model);
  const sections = models.map(({ name, schema, pointer }) => {
    const { title, description, deprecated } = deref<Documented>(document, schema);
    const texts = [deprecated === true ? "**Deprecated.**" : "", textOf(title), textOf(description)];
    const declaration = `\`\`\`ts\n${types.declarationOf(name, schema, pointer)}\n\`\`\`\n`;
    return [
      `## ${name}\n`,
      ...texts.filter((text) => text !== "").map((text) => `${text}\n`),
      declaration,
    ].join("\n");
  });
  return `${markdownHead(source)}\n` + [`# Models\n`, ...sections, "[Index](index.md)\n"].join("\n");
}
