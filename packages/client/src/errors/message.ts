/** The request that an error or a log line is about. */
export interface RequestIdentity {
  /** The operation's id in the spec; `raw` for a call by path. */
  readonly operationId: string;
  readonly method: string;
  /** The URL, with its query. */
  readonly url: string;
}

/** Names a request in an error message. */
export function labelOf(request: RequestIdentity): string {
  return `${request.operationId}: ${targetOf(request)}`;
}

/** Names the target of a request. The query is left out because it may be long. */
export function targetOf({ method, url }: Pick<RequestIdentity, "method" | "url">): string {
  return `${method} ${new URL(url).pathname}`;
}

/** Fits a text of the server's into a message: one line, no control characters, at most 300 characters. */
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
