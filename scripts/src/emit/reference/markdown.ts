/** A table. Cells may hold any text. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |\n`;
  return line(headers) + line(headers.map(() => "---")) + rows.map(line).join("");
}

/** Escapes text in a cell: a line break or a `|` would end it (GitHub Flavored Markdown, section 4.10). */
function cell(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, " ")
    .replaceAll("|", "\\|");
}

export function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

/** The fragment of a heading, as GitHub makes it. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}

/** A block of JSON. */
export function jsonBlock(value: unknown): string {
  return codeBlock("json", JSON.stringify(value, undefined, 2));
}

/** A fenced code block. The fence is longer than any in the text (https://spec.commonmark.org/0.31.2/#fenced-code-blocks). */
export function codeBlock(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([{ length }]) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}\n`;
}
