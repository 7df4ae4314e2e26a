/** What a field of a spec says in words; nothing where it says something else. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
