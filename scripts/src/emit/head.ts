/** The notice in every generated file, which distinguishes it from a hand-written one. */
export const notice = (source: string): string =>
  `Generated from ${source} by \`pnpm generate\`. Do not edit.`;

/** Returns `true` if one of the first lines is the notice. A text may quote the notice further down. */
export function isGenerated(text: string): boolean {
  return text
    .split("\n", 5)
    .some((line) => /Generated from .* by `pnpm generate`\. Do not edit\./.test(line));
}

export function head(source: string): string {
  return `// ${notice(source)}\n`;
}

export function markdownHead(source: string): string {
  return `<!-- ${notice(source)} -->\n`;
}
