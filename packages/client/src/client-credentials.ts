import type { Fetch } from "./client-options.ts";
import { AuthenticationError } from "./errors.ts";
import { reasonOf } from "./reason.ts";
import { redactedError, redactor } from "./redact.ts";
import { expiry } from "./token-expiry.ts";
import { readTokenResponse } from "./token-response.ts";
import type { TokenSource } from "./token-source.ts";

interface Token {
  readonly value: string;
  /** When to stop using it, in milliseconds since the epoch. */
  readonly expires: number;
}

/**
 * Tokens by the client credentials grant (RFC 6749, section 4.4).
 *
 * | state           | `get`            | `reject` of its token |
 * | --------------- | ---------------- | --------------------- |
 * | none, or too old | starts a flight | -                     |
 * | in flight       | joins the flight | -                     |
 * | held            | gives the token  | none                  |
 */
export class ClientCredentials implements TokenSource {
  readonly #url: string;
  readonly #clientId: string;
  readonly #clientSecret: string;
  readonly #fetch: Fetch;
  readonly #timeout: number;
  #token: Token | undefined;
  #flight: Promise<Token> | undefined;

  /** @param timeout how long the endpoint may take to answer, in milliseconds */
  constructor(url: string, clientId: string, clientSecret: string, fetch: Fetch, timeout = 30_000) {
    this.#url = url;
    this.#clientId = clientId;
    this.#clientSecret = clientSecret;
    this.#fetch = fetch;
    this.#timeout = timeout;
  }

  async get(): Promise<string> {
    if (this.#token !== undefined && Date.now() < this.#token.expires) return this.#token.value;
    this.#flight ??= this.#request().finally(() => {
      this.#flight = undefined;
    });
    const { value } = await this.#flight;
    return value;
  }

  reject(token: string): void {
    if (this.#token?.value === token) this.#token = undefined;
  }

  async #request(): Promise<Token> {
    const sent = Date.now();
    const redact = redactor([this.#clientSecret]);
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: this.#clientId,
      client_secret: this.#clientSecret,
    });
    let status: number | undefined;
    let text: string;
    try {
      // A redirect would take the secret elsewhere (RFC 9700, section 4.12).
      const response = await this.#fetch(this.#url, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
        body: body.toString(),
        redirect: "manual",
        // Callers may wait for it together, so it is nobody's signal.
        signal: AbortSignal.timeout(this.#timeout),
      });
      ({ status } = response);
      text = await response.text();
    } catch (error) {
      const cause = redactedError(error, redact);
      const what = status === undefined ? "cannot be reached" : `answered ${status}, in part`;
      const message = `The token endpoint ${this.#url} ${what}: ${redact(reasonOf(error))}`;
      throw new AuthenticationError(message, { cause, ...(status !== undefined && { status }) });
    }
    const { accessToken, expiresIn } = readTokenResponse(this.#url, status, text, redact);
    this.#token = { value: accessToken, expires: expiry(sent, expiresIn) };
    return this.#token;
  }
}
