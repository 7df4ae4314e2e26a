import { isToken } from "./bearer-token.ts";
import { AuthenticationError } from "./errors.ts";

/**
 * Reads the token endpoint's answer (RFC 6749, sections 5.1 and 5.2).
 * @param secret what must not be shown, should the server repeat it
 * @throws AuthenticationError for anything but a token.
 */
export function readTokenResponse(
  url: string,
  status: number,
  text: string,
  secret: string,
): { accessToken: string; expiresIn: number | undefined } {
  const fields = parse(text);
  if (status < 200 || status > 299) {
    const reason = [fields["error"], fields["error_description"]]
      .filter((part) => typeof part === "string")
      .join(": ");
    const detail = reason === "" ? "" : `: ${redact(reason, secret)}`;
    throw new AuthenticationError(`The token endpoint ${url} answered ${status}${detail}`, { status });
  }
  const { access_token: accessToken, expires_in: expiresIn } = fields;
  if (!isToken(accessToken)) {
    throw new AuthenticationError(`The token endpoint ${url} answered ${status} without an access token.`, {
      status,
    });
  }
  const seconds = Number(expiresIn);
  return { accessToken, expiresIn: seconds > 0 ? seconds : undefined };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The secret is cut out as it is and in both percent-encodings: of a URL, and of the form that it was sent in. */
function redact(text: string, secret: string): string {
  const form = new URLSearchParams({ secret }).toString().slice("secret=".length);
  return [secret, encodeURIComponent(secret), form].reduce(
    (rest, shown) => rest.replaceAll(shown, "[redacted]"),
    text,
  );
}
