import { isToken } from "./bearer-token.ts";
import { fieldsOf } from "../errors/error-body.ts";
import { AuthenticationError } from "../errors/errors.ts";
import { oneLine } from "../errors/message.ts";
import type { Redact } from "../errors/redact.ts";

/** An answer of the token endpoint, which has been read. */
export interface TokenAnswer {
  readonly status: number;
  readonly retryAfter: number | undefined;
  readonly text: string;
  /** For the text, which may repeat the secret. */
  readonly redact: Redact;
}

/**
 * Reads the token endpoint's answer (RFC 6749, sections 5.1 and 5.2).
 * @throws AuthenticationError for anything but a token.
 */
export function readTokenResponse(
  url: string,
  answer: TokenAnswer,
): { accessToken: string; expiresIn: number } {
  const { status, text, redact } = answer;
  const fields = readFields(text);
  if (status < 200 || status > 299) {
    const reason = [fields["error"], fields["error_description"]].filter((part) => typeof part === "string");
    const detail = reason.length === 0 ? "." : `: ${oneLine(redact(reason.join(": ")))}`;
    throw new AuthenticationError(`The token endpoint ${url} answered ${status}${detail}`, answer);
  }
  const { access_token: accessToken, expires_in: expiresIn } = fields;
  if (!isToken(accessToken)) {
    throw new AuthenticationError(
      `The token endpoint ${url} answered ${status} without an access token.`,
      answer,
    );
  }
  return { accessToken, expiresIn: secondsOf(expiresIn) };
}

/** Some servers send the number as a string. A token whose lifetime is not told is used until it is refused. */
function secondsOf(value: unknown): number {
  const seconds = Number.parseFloat(String(value));
  return Number.isNaN(seconds) ? Infinity : Math.max(seconds, 0);
}

/** The members of a JSON object; none of what is no such thing. */
export function readFields(text: string): Record<string, unknown> {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}
