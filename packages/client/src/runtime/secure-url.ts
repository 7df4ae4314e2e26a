import { check } from "../errors/check.ts";

/** Loopback: RFC 6761, section 6.3, RFC 1122, section 3.2.1.3, and RFC 4291, section 2.5.3. An `@` would be the end of credentials. */
const secure = /^(?:https:\/\/[^/@]+|http:\/\/(?:(?:[^/@]+\.)?localhost|127[.\d]+|\[::1\])(?::\d+)?)\//;

/**
 * Parses a URL that credentials may be sent to.
 * @throws ConfigurationError unless it is absolute, has no credentials in it, and is `https` or leads to loopback.
 */
export function secureUrl(option: string, text: unknown): URL {
  const url = URL.canParse(String(text)) ? new URL(String(text)) : undefined;
  check(
    url !== undefined && secure.test(url.href),
    option,
    "an https URL without credentials, or http on a loopback host",
  );
  return url;
}
