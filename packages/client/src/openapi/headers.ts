import { check } from "../errors/check.ts";
import { ConfigurationError } from "../errors/errors.ts";

/** Headers that the client or the runtime sets: `Authorization`, and the framing of the message (RFC 9112, sections 6 and 9). */
const reserved = new Set(
  "authorization connection content-length expect host keep-alive te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

/** Headers by name; `null` and `undefined` remove a header. */
export type HeaderValues = Readonly<Record<string, string | null | undefined>>;

/**
 * Checks headers and returns them by name in lower case (RFC 9110, sections 5.1 and 5.5). The runtime would refuse an invalid header too,
 * but its error shows the value, which may be a secret.
 * @throws ConfigurationError that names the header.
 */
export function checkedHeaders(headers: HeaderValues = {}): Record<string, string | null> {
  const isObject = typeof headers === "object" && headers !== null && !(Symbol.iterator in headers);
  check(isObject, "headers", "an object with a member for each header");
  const checked: Record<string, string | null> = {};
  for (const [name, value = null] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw new ConfigurationError(`${JSON.stringify(name)} is not a valid header name.`);
    }
    if (reserved.has(lower)) {
      throw new ConfigurationError(
        `\`headers\` must not set \`${name}\`: the client or the runtime sets it.`,
      );
    }
    if (value !== null && (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))) {
      throw new ConfigurationError(
        `The header \`${name}\` must be a string of characters that a header may contain.`,
      );
    }
    checked[lower] = value;
  }
  return checked;
}

/** Returns the headers without those that are removed. */
export function presentHeaders(headers: HeaderValues): Record<string, string> {
  const present = Object.entries(headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(present);
}
