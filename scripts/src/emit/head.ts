/** What every generated file says of itself. It tells them from files that people wrote. */
export const notice = (source: string): string =>
  `Generated from ${source} by \`pnpm generate\`. Do not edit.`;

export function isGenerated(text: string): boolean {
  return /Generated from .* by `pnpm generate`\. Do not edit\./.test(text.slice(0, 400));
}

/** The head of a generated TypeScript file. */
export function head(source: string): string {
  return `// ${notice(source)}\n`;
}

/** The head of a generated Markdown file. */
export function markdownHead(source: string): string {
  return `<!-- ${notice(source)} -->\n`;
}
