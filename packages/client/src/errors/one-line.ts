/** A text of the server's, fit for a message: one line, no control characters, at most 300 characters. */
export function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
