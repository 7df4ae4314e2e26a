/** The paragraphs as a docstring, at an indentation; nothing for nothing. */
export function docComment(paragraphs: readonly (string | undefined)[], indent = ""): string {
  const lines = paragraphs
    .filter((paragraph) => paragraph !== undefined && paragraph !== "")
    .join("\n\n")
    // The end of a comment within it would end it (ECMA-262, section 12.4).
    .replaceAll("*/", "*\\/")
    .split("\n");
  if (lines.length === 1) return lines[0] === "" ? "" : `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}
