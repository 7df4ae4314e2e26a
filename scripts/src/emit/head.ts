/** The head of a generated TypeScript file. */
export function head(source: string): string {
  return `// Generated from ${source} by \`pnpm generate\`. Do not edit.\n`;
}

/** The head of a generated Markdown file. */
export function markdownHead(source: string): string {
  return `<!-- Generated from ${source} by \`pnpm generate\`. Do not edit. -->\n`;
}
