/** An import of those of the types that the text names; nothing where it names none. */
export function importOf(names: readonly string[], module: string, text: string): string {
  const words = new Set(text.match(/[\w$]+/g));
  const used = names.filter((name) => words.has(name)).toSorted();
  return used.length === 0 ? "" : `import type { ${used.join(", ")} } from "${module}";\n`;
}
