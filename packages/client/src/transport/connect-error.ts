/**
 * Whether an error of `fetch` proves that nothing was sent: the host's name was not found, or no connection came about. Node
 * says so in `syscall` and `code` of the cause; the others say nothing that can be relied on.
 */
export function isUnsent(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false;
  const { syscall, code } = error as { syscall?: unknown; code?: unknown };
  if (syscall === "connect" || syscall === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT") return true;
  // A host with two addresses fails once for each.
  if (error instanceof AggregateError)
    return error.errors.length > 0 && error.errors.every((inner) => isUnsent(inner, depth + 1));
  return isUnsent(error.cause, depth + 1);
}
