/** Fits a text of the server into a message: one line, no control characters, at most 300 characters. */
export function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

/** An error of this realm or another one: in Jest, an error that `fetch` throws is not `instanceof Error`. */
interface ErrorLike {
  readonly message: string;
  readonly name?: string;
  readonly stack?: string;
  readonly cause?: unknown;
  readonly code?: unknown;
  readonly errors?: unknown;
}

export function isError(value: unknown): value is ErrorLike {
  return typeof (value as Partial<ErrorLike> | null | undefined)?.message === "string";
}

/** Returns the message of the innermost cause: `fetch` throws "fetch failed", and its cause says why. */
export function reasonOf(error: unknown, depth = 0): string {
  if (!isError(error)) {
    return typeof error === "object" ? Object.prototype.toString.call(error) : String(error as string);
  }
  const { message, name = "Error", cause, errors } = error;
  // A host with two addresses fails once for each.
  const inner: unknown = Array.isArray(errors) ? errors[0] : cause;
  // Causes can form a cycle.
  return isError(inner) && depth < 5 ? reasonOf(inner, depth + 1) : message || name;
}
