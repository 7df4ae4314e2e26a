/** Returns the text of a field, and an empty string for a value of another type. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
