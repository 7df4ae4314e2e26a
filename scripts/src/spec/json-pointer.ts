/** The tokens of a JSON pointer in fragment form (RFC 6901, section 6). */
export function tokensOf(pointer: string): string[] {
  const tokens = pointer.replace(/^#\/?/, "").split("/");
  return tokens.filter(Boolean).map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What stands at a path within a document, if anything does. */
export function nodeAt(document: unknown, tokens: readonly string[]): unknown {
  return tokens.reduce<unknown>((node, token) => memberOf(node, token), document);
}

export function memberOf(node: unknown, name: string): unknown {
  return isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
}

export function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === "object" && node !== null;
}

/** A member's name as a token of a JSON pointer (RFC 6901, section 3). */
export function escapePointer(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The name that a token of a pointer in a URL's fragment stands for (RFC 6901, sections 4 and 6). */
export function unescapePointer(token: string): string {
  return decoded(token).replaceAll("~1", "/").replaceAll("~0", "~");
}

function decoded(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
