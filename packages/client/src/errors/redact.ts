import { isError } from "./reason.ts";

/** Replaces every secret in a text with `[redacted]`. */
export type Redact = (text: string) => string;

const redacted = "[redacted]";

/** Tokens and client secrets are longer. A shorter text may be part of an ordinary word. */
const minSecretLength = 8;

/** Deepest level of a value. A deeper one overflows the stack of a recursive function, such as `JSON.stringify`. */
const maxDepth = 100;

/** Greatest number of copies of an error and its causes. */
const maxErrors = 50;

/** The credentials of a URL (RFC 3986, section 3.2.1). JSON may escape a slash. */
const userInfo = String.raw`(?<=/\\{0,9}/)[^\s/?#@]+(?=@)`;

/** A character as HTML may escape it, such as `&quot;`, `&#34;`, `&#x22;` or `&amp;quot;`. */
const characterReference = String.raw`&(?:amp;)?#?\w{2,8};`;

const secretHeader = /auth|cookie|token|secret|password|key$/i;

/**
 * Creates a function that removes secrets from a text: as they are, percent-encoded, form-encoded or escaped as in JSON or HTML, also more
 * than once. It removes the credentials from URLs too. It ignores a secret shorter than 8 characters.
 * @param secrets ASCII texts
 */
export function redactor(secrets: readonly string[]): Redact {
  // Created at first use, because few calls fail.
  let pattern: RegExp | undefined;
  return (text) => text.replace((pattern ??= patternOf(secrets)), redacted);
}

function patternOf(secrets: readonly string[]): RegExp {
  const forms = secrets.filter(({ length }) => length >= minSecretLength).map(anyEncoding);
  return new RegExp([...forms, userInfo].join("|"), "gi");
}

/** Returns the source of a regular expression that takes linear time. Encodings change no letter and no digit. */
function anyEncoding(secret: string): string {
  return secret.replace(/\\+|[^a-z0-9]/gi, (part) => {
    // Each level of JSON doubles the backslashes, and a URL has `%5c` or `%255c` for each.
    if (part[0] === "\\") return String.raw`(?:[\\u0%25c]+|${characterReference})`;
    const code = part.charCodeAt(0).toString(16);
    // A form has `+` for a space.
    return String.raw`(?:\\{0,9}[\x${code}+]|(?:\\{0,9}u00|%(?:25)*)${code}|${characterReference})`;
  });
}

/** Redacts all strings and names in a value that `JSON.parse` returned. */
export function redactValue(value: unknown, redact: Redact, depth = 0): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === maxDepth) return "…";
  const inner = (part: unknown) => redactValue(part, redact, depth + 1);
  if (Array.isArray(value)) return value.map(inner);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [redact(name), inner(part)]));
}

/** Redacts headers: replaces the values of those that hold secrets, such as `Authorization` and cookies. */
export function redactHeaders(
  headers: Iterable<readonly [string, string]>,
  redact: Redact,
): Record<string, string> {
  const safe = Array.from(headers, ([name, value]) => [
    name,
    secretHeader.test(name) ? redacted : redact(value),
  ]);
  return Object.fromEntries(safe) as Record<string, string>;
}

/**
 * Copies an error with its causes, and redacts the copy. Other properties are left out, because a custom `fetch` may attach the request
 * and its headers.
 * @returns the copy; a redacted string for a string; `undefined` for any other value
 */
export function redactedError(
  value: unknown,
  redact: Redact,
  copies: Map<object, Error> = new Map<object, Error>(),
): unknown {
  const copyOf = (part: unknown) => redactedError(part, redact, copies);
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isError(value)) return undefined;
  if (copies.has(value) || copies.size === maxErrors) return copies.get(value);
  const copy = new Error("");
  copies.set(value, copy);
  for (const name of ["name", "message", "stack", "code", "cause", "errors"] as const) {
    const part = copyOf(value[name]);
    if (part !== undefined) Object.assign(copy, { [name]: part });
  }
  return copy;
}
