/** Why something failed: the message of the innermost cause, since the platform hides the reason in causes. */
export function reasonOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  // A host with two addresses fails once for each.
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  // A chain of causes may be a circle.
  return inner instanceof Error && depth < 5 ? reasonOf(inner, depth + 1) : error.message || error.name;
}
