import type { ApiModel } from "../../model.ts";
import { deref } from "../../json-reference.ts";
import { createTypeScriptTypes } from "../../typescript-types.ts";
import { markdownHead } from "../head.ts";

/** Every named type, as it is declared. */
export function emitModelsPage(model: ApiModel): string {
  const { source, document, models } = model;
  const types = createTypeScriptTypes(model);
  const sections = models.map(({ name, schema, pointer }) => {
    const { description } = deref<{ description?: string }>(document, schema);
    const declaration = `\`\`\`ts\n${types.declarationOf(name, schema, pointer)}\n\`\`\`\n`;
    return [
      `## ${name}\n`,
      ...(description === undefined ? [] : [`${description.trim()}\n`]),
      declaration,
    ].join("\n");
  });
  return `${markdownHead(source)}\n` + [`# Models\n`, ...sections, "[Index](index.md)\n"].join("\n");
}
