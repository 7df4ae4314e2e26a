/** A value in a document. */
export interface Located {
  /** JSON pointer of the value, with references resolved. */
  readonly pointer: string;
  readonly value: unknown;
}

/** Follows `tokens` from the root of a document and resolves references; undefined when the value does not exist. */
export function locate(document: object, ...tokens: readonly string[]): Located | undefined {
  let located: Located = { pointer: "", value: document };
  for (const token of tokens) {
    const member = memberOf(located.value, token);
    if (member === undefined) return undefined;
    const reference = memberOf(member, "$ref");
    const target = typeof reference === "string" ? locate(document, ...tokensOf(reference)) : undefined;
    const escaped = token.replaceAll("~", "~0").replaceAll("/", "~1");
    located = target ?? { pointer: `${located.pointer}/${escaped}`, value: member };
  }
  return located;
}

/** Splits a reference such as `#/components/schemas/Name` into tokens: https://www.rfc-editor.org/rfc/rfc6901#section-6 */
function tokensOf(reference: string): string[] {
  const [, ...tokens] = decodeURIComponent(reference.replace(/^#/, "")).split("/");
  return tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
