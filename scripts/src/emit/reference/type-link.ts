import type { TypeScriptTypes } from "../typescript/typescript-types.ts";
import { anchor, code } from "./markdown.ts";

/** Formats a type, with a link if it is a model. */
export function typeLink({ modelNames }: TypeScriptTypes, type: string): string {
  const model = type.replace(/\[\]$/, "");
  // A nested object has the docstrings of its properties, which a cell has no room for.
  const text = type.replaceAll(/\s*\/\*\*[^]*?\*\/\s*/g, " ");
  return modelNames.has(model) ? `[${code(text)}](models.md#${anchor(model)})` : code(text);
}
