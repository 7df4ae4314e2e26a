import { ConfigurationError } from "../errors/errors.ts";

/** What the client or the platform sets: `Authorization`, and the framing of the message (RFC 9112, sections 6 and 9). */
const reserved = new Set(
  "authorization connection content-length expect host keep-alive te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

/**
 * The headers by their names in lower case, if a request can carry them (RFC 9110, sections 5.1 and 5.5). The platform would
 * refuse them too, but its error shows the value, which may be a secret.
 * @throws ConfigurationError that names the header.
 */
export function checkedHeaders(
  headers: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  if (typeof headers !== "object" || headers === null || Symbol.iterator in headers) {
    throw new ConfigurationError("`headers` must be an object with a member for each header.");
  }
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw new ConfigurationError(`${JSON.stringify(name)} cannot be the name of a header.`);
    }
    if (reserved.has(lower)) {
      throw new ConfigurationError(`\`headers\` must not set \`${name}\`; it is set for every request.`);
    }
    if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new ConfigurationError(`The header \`${name}\` has a value that no header can hold.`);
    }
    checked[lower] = value;
  }
  return checked;
}
