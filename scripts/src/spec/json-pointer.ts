/** The tokens of a JSON pointer in fragment form (RFC 6901, section 6). */
export function tokensOf(pointer: string): string[] {
  const tokens = pointer.replace(/^#\/?/, "").split("/");
  return tokens.filter(Boolean).map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Returns the node at a path within a document, or `undefined`. */
export function nodeAt(document: unknown, tokens: readonly string[]): unknown {
  return tokens.reduce<unknown>((node, token) => memberOf(node, token), document);
}

export function memberOf(node: unknown, name: string): unknown {
  return isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
}

export function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === "object" && node !== null;
}

/** Escapes a name as a token of a JSON pointer (RFC 6901, section 3). */
export function escapePointer(token: string): string {
  // Most names need no escape, and large specs have many.
  return /[~/]/.test(token) ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token;
}

/** Decodes a token of a JSON pointer in a URL fragment (RFC 6901, sections 4 and 6). */
export function unescapePointer(token: string): string {
  // Most tokens have no escape, and large specs have many.
  return /[~%]/.test(token) ? decoded(token).replaceAll("~1", "/").replaceAll("~0", "~") : token;
}

function decoded(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
