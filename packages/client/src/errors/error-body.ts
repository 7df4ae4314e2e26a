/** A text that the server wrote, in one locale. */
export interface ErrorMessage {
  readonly text: string;
  /** Language tag of the text, such as `en-US`; `null` if the server does not say. */
  readonly locale: string | null;
  /** Source of the locale: `DEFAULT`, `REQUEST` or another value of the server's; `null` if the server does not say. */
  readonly localeOrigin: string | null;
}

/** The body of an error response, and the parts of it that every form of body has in common. */
export interface ErrorBody {
  /** The parsed body: a JSON value, or the text of a body that is not JSON; `undefined` for an empty body. */
  readonly body: unknown;
  /** Error code that is finer than the status. */
  readonly detailCode: string | undefined;
  /** Id of the request, for SailPoint's support. */
  readonly trackingId: string | undefined;
  /** Descriptions of the error. */
  readonly messages: readonly ErrorMessage[];
  /** Descriptions of what led to the error. */
  readonly causes: readonly ErrorMessage[];
}

/** Parses a body as JSON. Returns the text if it is not JSON. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Reads the parsed body of an error response. Most bodies are an `ErrorResponseDto`, that of a 401 is `{ error }` and that of a 429
 * `{ message }`. A gateway may send a problem of RFC 9457. A proxy may send anything, so a member of the wrong type is ignored.
 */
export function readErrorBody(body: unknown): ErrorBody {
  const fields = fieldsOf(body);
  const text = fields["error"] ?? fields["message"] ?? fields["detail"] ?? fields["title"];
  const messages = fields["messages"] ?? [{ text }];
  return {
    body: body === "" ? undefined : body,
    detailCode: stringOf(fields["detailCode"]),
    trackingId: stringOf(fields["trackingId"]),
    messages: messagesOf(messages),
    causes: messagesOf(fields["causes"]),
  };
}

function messagesOf(value: unknown): ErrorMessage[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((item) => {
    const fields = fieldsOf(item);
    const text = stringOf(fields["text"]);
    const locale = stringOf(fields["locale"]) ?? null;
    return text ? [{ text, locale, localeOrigin: stringOf(fields["localeOrigin"]) ?? null }] : [];
  });
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Returns an object as it is, and wraps any other value, so that its members can be read. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return Object(value) as Record<string, unknown>;
}
