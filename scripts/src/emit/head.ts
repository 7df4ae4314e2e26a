/** What every generated file says of itself. It tells them from files that people wrote. */
export const notice = (source: string): string =>
  `Generated from ${source} by \`pnpm generate\`. Do not edit.`;

/** The notice stands in one of the first lines; a text that quotes it further down was written by a person. */
export function isGenerated(text: string): boolean {
  return text
    .split("\n", 5)
    .some((line) => /Generated from .* by `pnpm generate`\. Do not edit\./.test(line));
}

/** The head of a generated TypeScript file. */
export function head(source: string): string {
  return `// ${notice(source)}\n`;
}

/** The head of a generated Markdown file. */
export function markdownHead(source: string): string {
  return `<!-- ${notice(source)} -->\n`;
}
