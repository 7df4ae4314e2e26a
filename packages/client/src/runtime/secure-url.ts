import { ConfigurationError } from "../errors/errors.ts";

/**
 * Parses a URL that credentials may be sent to.
 * @throws ConfigurationError unless it is absolute, has no credentials in it, and is `https` or leads to loopback.
 */
export function secureUrl(option: string, text: unknown): URL {
  if (typeof text !== "string" || !URL.canParse(text))
    throw new ConfigurationError(`\`${option}\` must be a URL with a scheme and a host.`);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    throw new ConfigurationError(`\`${option}\` must not contain credentials; they belong in \`auth\`.`);
  }
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return url;
  throw new ConfigurationError(
    `\`${option}\` must be https, because credentials are sent to it. Only a loopback host may use http.`,
  );
}

/** RFC 6761, section 6.3, RFC 1122, section 3.2.1.3, and RFC 4291, section 2.5.3. */
function isLoopback(host: string): boolean {
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "[::1]" ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}
