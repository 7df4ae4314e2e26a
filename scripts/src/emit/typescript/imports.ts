/** Emits the import of the types that the code uses. Empty if it uses none. */
export function importOf(names: readonly string[], module: string, code: string): string {
  if (!names.some((name) => code.includes(name))) return "";
  // Words in comments, strings and names of members are not types.
  const bare = code.replace(/\/\*[^]*?\*\/|"(?:[^"\\]|\\.)*"|[\p{ID_Continue}$]+(?:\??:|\()/gu, "");
  const words = new Set(bare.match(/[\p{ID_Continue}$]+/gu));
  const used = names.filter((name) => words.has(name)).toSorted();
  return used.length === 0 ? "" : `import type { ${used.join(", ")} } from "${module}";\n`;
}
