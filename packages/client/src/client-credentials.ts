import { abortable } from "./abortable.ts";
import { secureUrl } from "./base-url.ts";
import type { Fetch } from "./client-options.ts";
import { type Clock, wait } from "./clock.ts";
import { AuthenticationError } from "./errors.ts";
import type { Log } from "./logger.ts";
import { reasonOf } from "./reason.ts";
import { redactedError, redactor } from "./redact.ts";
import { retryAfter } from "./retry-after.ts";
import { backoff, mayRetry } from "./retry-policy.ts";
import { limitTime } from "./time-limit.ts";
import { freshness, type Lifetime } from "./token-freshness.ts";
import { readFields, readTokenResponse } from "./token-response.ts";
import type { TokenSource } from "./token-source.ts";
import type { TokenStore } from "./token-store.ts";

/** The credentials, and where they are exchanged for a token. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The token endpoint, unless it is to be asked for. */
  readonly tokenUrl: string | undefined;
  /** Where the tenant names its token endpoint. */
  readonly infoUrl: string;
  readonly store: TokenStore | undefined;
}

export interface TokenContext {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Log;
}

interface Token extends Lifetime {
  readonly value: string;
}

interface Flight {
  readonly token: Promise<Token>;
  /** How many wait for it. When nobody does any more, it is given up. */
  passengers: number;
  readonly giveUp: () => void;
}

/** How long one request of a token may take, in milliseconds, and how often it is repeated. */
const timeout = 30_000;
const retries = 2;
/** The longest `Retry-After` that is waited for. */
const maxRetryAfter = 60_000;

/**
 * Tokens by the client credentials grant (RFC 6749, section 4.4).
 *
 * | token         | `get`                                            | `reject` of it    |
 * | ------------- | ------------------------------------------------ | ----------------- |
 * | none, or old  | waits for a flight, its own or one under way     | -                 |
 * | aging         | gives it, and starts a flight unless one is under way | there is none |
 * | fresh         | gives it                                         | there is none     |
 */
export class ClientCredentialsSource implements TokenSource {
  readonly #credentials: ClientCredentials;
  readonly #context: TokenContext;
  #tokenUrl: string | undefined;
  #token: Token | undefined;
  /** The last token that the server did not accept: a store may still have it. */
  #rejected: string | undefined;
  #flight: Flight | undefined;

  constructor(credentials: ClientCredentials, context: TokenContext) {
    this.#credentials = credentials;
    this.#context = context;
    this.#tokenUrl = credentials.tokenUrl;
  }

  async get(signal: AbortSignal): Promise<string> {
    const state = this.#token && freshness(this.#token, this.#context.clock.now());
    if (this.#token === undefined || state === "old") return (await this.#board(signal)).value;
    if (state === "aging" && this.#flight === undefined) {
      // Whoever fetches it in the background does so for all, and is told of no failure: the token is good for a while.
      this.#board().catch(({ message }: Error) => this.#context.log("warn", () => message));
    }
    return this.#token.value;
  }

  prepare(signal: AbortSignal): Promise<unknown> {
    return this.get(signal);
  }

  reject(token: string): boolean {
    this.#rejected = token;
    if (this.#token?.value === token) this.#token = undefined;
    return true;
  }

  async #board(signal?: AbortSignal): Promise<Token> {
    const flight = (this.#flight ??= this.#start());
    flight.passengers++;
    try {
      return await abortable(flight.token, signal);
    } finally {
      flight.passengers--;
      if (flight.passengers === 0 && this.#flight === flight) flight.giveUp();
    }
  }

  #start(): Flight {
    const controller = new AbortController();
    const land = () => {
      if (this.#flight === flight) this.#flight = undefined;
    };
    const token = this.#obtain(controller.signal).then((obtained) => (this.#token = obtained));
    const flight: Flight = {
      token: token.finally(land),
      passengers: 0,
      giveUp() {
        land();
        controller.abort();
      },
    };
    return flight;
  }

  /** From the store, if it has one that can be used; else from the token endpoint. */
  async #obtain(signal: AbortSignal): Promise<Token> {
    const { clientId, store, infoUrl } = this.#credentials;
    const key = `${this.#credentials.tokenUrl ?? infoUrl} ${clientId}`;
    const stored = await this.#tryStore(store?.get(key));
    // The store goes by the time of day, and the client by a clock that is never set.
    const { clock } = this.#context;
    const offset = clock.now() - Date.now();
    if (stored && stored.value !== this.#rejected) {
      const token = { value: stored.value, issued: stored.issued + offset, expires: stored.expires + offset };
      if (freshness(token, clock.now()) === "fresh") return token;
    }
    const token = await this.#request(signal);
    await this.#tryStore(
      store?.set(key, { value: token.value, issued: token.issued - offset, expires: token.expires - offset }),
    );
    return token;
  }

  async #tryStore<T>(result: Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await result;
    } catch (error) {
      this.#context.log("warn", () => `The token store failed: ${reasonOf(error)}`);
      return undefined;
    }
  }

  async #request(signal: AbortSignal): Promise<Token> {
    this.#tokenUrl ??= await this.#discover(signal);
    const url = this.#tokenUrl;
    const { clientId, clientSecret } = this.#credentials;
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    });
    const issued = this.#context.clock.now();
    const headers = { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" };
    const { status, text } = await this.#fetch(
      url,
      { method: "POST", headers, body: body.toString() },
      signal,
    );
    const { accessToken, expiresIn = Infinity } = readTokenResponse(
      url,
      status,
      text,
      redactor([clientSecret]),
    );
    return { value: accessToken, issued, expires: issued + expiresIn * 1000 };
  }

  /** What the tenant names as its token endpoint. */
  async #discover(signal: AbortSignal): Promise<string> {
    const url = this.#credentials.infoUrl;
    const { status, text } = await this.#fetch(url, {}, signal);
    const { tokenEndpoint } = readFields(text);
    try {
      return secureUrl("tokenEndpoint", tokenEndpoint).href;
    } catch (cause) {
      throw new AuthenticationError(`${url} answered ${status} without a token endpoint that can be used.`, {
        status,
        cause,
      });
    }
  }

  /** A request to the token endpoint, which may always be repeated: it changes nothing. */
  async #fetch(
    url: string,
    init: RequestInit,
    signal: AbortSignal,
  ): Promise<{ status: number; text: string }> {
    const { clock, log } = this.#context;
    for (let retry = 0; ; retry++) {
      const limit = limitTime(clock, timeout, "The token endpoint", signal);
      let status: number | undefined;
      let pause: number | undefined;
      try {
        // A redirect would take the secret elsewhere (RFC 9700, section 4.12).
        const response = await this.#context.fetch(url, {
          ...init,
          redirect: "manual",
          signal: limit.signal,
        });
        ({ status } = response);
        const text = await response.text();
        const asked = retryAfter(response.headers);
        if (response.ok || !mayRetry({ status }, true) || Number(asked) > maxRetryAfter || retry === retries)
          return { status, text };
        pause = asked;
      } catch (error) {
        if (retry === retries || signal.aborted) throw this.#failure(url, status, error);
      } finally {
        limit.lift();
      }
      log("info", () => `The token endpoint ${url} failed; another attempt follows.`);
      await wait(clock, pause ?? backoff(retry, Math.random()), signal);
    }
  }

  #failure(url: string, status: number | undefined, error: unknown): AuthenticationError {
    const redact = redactor([this.#credentials.clientSecret]);
    const what = status === undefined ? "cannot be reached" : `answered ${status}, in part`;
    return new AuthenticationError(`The token endpoint ${url} ${what}: ${redact(reasonOf(error))}`, {
      cause: redactedError(error, redact),
      ...(status !== undefined && { status }),
    });
  }
}
