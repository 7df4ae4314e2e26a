/** A function that cuts secrets out of a text. */
export type Redact = (text: string) => string;

/**
 * Cuts the secrets out: as they are, percent-encoded as in a URL and as in a form, and escaped as in JSON; and what any URL in the
 * text has as credentials.
 */
export function redactor(secrets: readonly string[]): Redact {
  // Every request has one, and hardly any needs it.
  let pattern: RegExp | undefined;
  return (text) => text.replace((pattern ??= patternOf(secrets)), "[redacted]");
}

function patternOf(secrets: readonly string[]): RegExp {
  const forms = secrets.flatMap((secret) => {
    const form = new URLSearchParams({ secret }).toString().slice("secret=".length);
    return [secret, encodeURIComponent(secret), form].map(patternFor);
  });
  // Percent-encoding has hexadecimal digits of either case (RFC 3986, section 2.1).
  return new RegExp([...forms, "(?<=//)[^\\s/?#@]+(?=@)"].join("|"), "gi");
}

/** A copy of an error with the secrets cut out of its texts. What else a `fetch` hangs on its errors is left behind. */
export function redactedError(error: unknown, redact: Redact, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? redact(error) : undefined;
  const copy = new Error(redact(error.message));
  copy.name = error.name;
  copy.stack = redact(error.stack ?? "");
  if ("code" in error && typeof error.code === "string") Object.assign(copy, { code: error.code });
  // A chain of causes may be a circle.
  if (error.cause !== undefined && depth < 5) copy.cause = redactedError(error.cause, redact, depth + 1);
  return copy;
}

/** For a text in which JSON may have put backslashes, as often as it was put into another one. */
function patternFor(text: string): string {
  return text.replace(/["/.*+?^${}()|[\]\\]/g, String.raw`\\*\$&`);
}
