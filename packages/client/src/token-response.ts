import { isToken } from "./bearer-token.ts";
import { AuthenticationError } from "./errors.ts";
import { oneLine } from "./one-line.ts";
import type { Redact } from "./redact.ts";

/**
 * Reads the token endpoint's answer (RFC 6749, sections 5.1 and 5.2).
 * @param redact for what the endpoint says: it may repeat the secret
 * @throws AuthenticationError for anything but a token.
 */
export function readTokenResponse(
  url: string,
  status: number,
  text: string,
  redact: Redact,
): { accessToken: string; expiresIn: number | undefined } {
  const fields = readFields(text);
  if (status < 200 || status > 299) {
    const reason = [fields["error"], fields["error_description"]].filter((part) => typeof part === "string");
    const detail = reason.length === 0 ? "." : `: ${oneLine(redact(reason.join(": ")))}`;
    throw new AuthenticationError(`The token endpoint ${url} answered ${status}${detail}`, { status });
  }
  const { access_token: accessToken, expires_in: expiresIn } = fields;
  if (!isToken(accessToken)) {
    throw new AuthenticationError(`The token endpoint ${url} answered ${status} without an access token.`, {
      status,
    });
  }
  return { accessToken, expiresIn: secondsOf(expiresIn) };
}

/** Some servers send the number as a string. */
function secondsOf(value: unknown): number | undefined {
  const isNumber = typeof value === "number" || (typeof value === "string" && value.trim() !== "");
  const seconds = isNumber ? Number(value) : Number.NaN;
  return Number.isNaN(seconds) ? undefined : Math.max(seconds, 0);
}

/** The members of a JSON object; none of what is no such thing. */
export function readFields(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
