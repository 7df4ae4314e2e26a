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
