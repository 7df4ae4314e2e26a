import { ConfigurationError } from "./errors.ts";

/**
 * The headers, if a request can carry them (RFC 9110, sections 5.1 and 5.5). The platform would refuse them too, but its
 * error shows the value, which may be a secret.
 * @throws ConfigurationError that names the header.
 */
export function checkedHeaders(
  headers: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw new ConfigurationError(`${JSON.stringify(name)} cannot be the name of a header.`);
    }
    if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new ConfigurationError(`The header \`${name}\` has a value that no header can hold.`);
    }
  }
  return headers;
}
