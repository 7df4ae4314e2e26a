/** A text of the server's, in one locale. */
export interface ErrorMessage {
  readonly text: string;
  /** The text's locale, as a language tag; `null` where the server does not say. */
  readonly locale: string | null;
  /** Where the locale comes from: `DEFAULT`, `REQUEST`, or what the server may add; `null` where it does not say. */
  readonly localeOrigin: string | null;
}

/** What an error's body says, whatever its form. */
export interface ErrorBody {
  readonly body: unknown;
  readonly detailCode: string | undefined;
  readonly trackingId: string | undefined;
  readonly messages: readonly ErrorMessage[];
  readonly causes: readonly ErrorMessage[];
}

/**
 * Reads an error's body without trust: most errors are an `ErrorResponseDto`, 401 is `{ error }` and 429 `{ message }`, and
 * a proxy may send anything.
 */
export function readErrorBody(text: string): ErrorBody {
  const body = parse(text);
  const fields = fieldsOf(body);
  const messages = messagesOf(fields["messages"]);
  const single = fields["error"] ?? fields["message"];
  return {
    body,
    detailCode: stringOf(fields["detailCode"]),
    trackingId: stringOf(fields["trackingId"]),
    messages: messages.length > 0 ? messages : messagesOf([{ text: single }]),
    causes: messagesOf(fields["causes"]),
  };
}

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function messagesOf(value: unknown): ErrorMessage[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((item) => {
    const { text, locale, localeOrigin } = fieldsOf(item);
    if (typeof text !== "string" || text === "") return [];
    return [{ text, locale: stringOf(locale) ?? null, localeOrigin: stringOf(localeOrigin) ?? null }];
  });
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** None of what is no object. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return Object(value) as Record<string, unknown>;
}
