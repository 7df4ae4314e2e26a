/**
 * Whether two pages in succession end with the same item, which a server that ignores the offset, or keeps it within the list, would
 * go on to send for ever. Only objects can be told apart: a list may have the same number or text twice.
 */
export function endsAlike(last: unknown, next: unknown): boolean {
  return typeof last === "object" && last !== null && JSON.stringify(last) === JSON.stringify(next);
}
