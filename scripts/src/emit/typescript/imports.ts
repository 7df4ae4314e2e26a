/** An import of those of the types that the code names; nothing where it names none. */
export function importOf(names: readonly string[], module: string, code: string): string {
  // Comments, strings, and the names of members are no types, whatever words they hold.
  const bare = code.replace(/\/\*[^]*?\*\/|"(?:[^"\\]|\\.)*"|[\p{ID_Continue}$]+(?:\??:|\()/gu, "");
  const words = new Set(bare.match(/[\p{ID_Continue}$]+/gu));
  const used = names.filter((name) => words.has(name)).toSorted();
  return used.length === 0 ? "" : `import type { ${used.join(", ")} } from "${module}";\n`;
}
