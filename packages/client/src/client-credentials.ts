import { abortable } from "./abortable.ts";
import { secureUrl } from "./base-url.ts";
import type { Clock } from "./clock.ts";
import { AuthenticationError } from "./errors.ts";
import type { Log } from "./logger.ts";
import { reasonOf } from "./reason.ts";
import { defaultLimits } from "./request-limits.ts";
import { freshness, type Lifetime } from "./token-freshness.ts";
import { readFields, readTokenResponse } from "./token-response.ts";
import type { TokenSource } from "./token-source.ts";
import type { TokenStore } from "./token-store.ts";
import { createTransport, type Platform, type Transport } from "./transport.ts";

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

interface Token extends Lifetime {
  readonly value: string;
}

interface Flight {
  readonly token: Promise<Token>;
  /** How many wait for it. When nobody does any more, it is given up. */
  passengers: number;
  readonly giveUp: () => void;
}

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
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #log: Log;
  #tokenUrl: string | undefined;
  #token: Token | undefined;
  /** The last token that the server did not accept: a store may still have it. */
  #rejected: string | undefined;
  #flight: Flight | undefined;

  constructor(credentials: ClientCredentials, platform: Platform) {
    this.#credentials = credentials;
    this.#transport = createTransport({
      ...platform,
      maxRetryAfter: 60_000,
      secrets: [credentials.clientSecret],
    });
    this.#clock = platform.clock;
    this.#log = platform.log;
    this.#tokenUrl = credentials.tokenUrl;
  }

  async get(signal: AbortSignal): Promise<string> {
    const state = this.#token && freshness(this.#token, this.#clock.now());
    if (this.#token === undefined || state === "old") return (await this.#board(signal)).value;
    if (state === "aging" && this.#flight === undefined) {
      // Whoever fetches it in the background does so for all, and is told of no failure: the token is good for a while.
      this.#board().catch(({ message }: Error) => this.#log("warn", () => message));
    }
    return this.#token.value;
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
    const offset = this.#clock.now() - Date.now();
    if (stored && stored.value !== this.#rejected) {
      const token = { value: stored.value, issued: stored.issued + offset, expires: stored.expires + offset };
      if (freshness(token, this.#clock.now()) === "fresh") return token;
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
      this.#log("warn", () => `The token store failed: ${reasonOf(error)}`);
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
    }).toString();
    const issued = this.#clock.now();
    const { status, text } = await this.#send(url, signal, body);
    const { accessToken, expiresIn = Infinity } = readTokenResponse(url, status, text);
    return { value: accessToken, issued, expires: issued + expiresIn * 1000 };
  }

  /** What the tenant names as its token endpoint. */
  async #discover(signal: AbortSignal): Promise<string> {
    const url = this.#credentials.infoUrl;
    const { status, text } = await this.#send(url, signal);
    try {
      return secureUrl("tokenEndpoint", readFields(text)["tokenEndpoint"]).href;
    } catch (cause) {
      throw new AuthenticationError(`${url} answered ${status} without a token endpoint that can be used.`, {
        status,
        cause,
      });
    }
  }

  /** The status, and the text without the secret. A request for a token may always be repeated: it changes nothing. */
  async #send(url: string, signal: AbortSignal, body?: string): Promise<{ status: number; text: string }> {
    const request = {
      url,
      method: body === undefined ? "GET" : "POST",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      idempotent: true,
      body: body === undefined ? body : { repeatable: true, open: () => Promise.resolve({ body }) },
      operationId: "token",
      options: { ...defaultLimits, signal },
    };
    try {
      return await this.#transport(request, async ({ response, redact }) => ({
        status: response.status,
        text: redact(await response.text()),
      }));
    } catch (cause) {
      throw new AuthenticationError(`The token endpoint ${url} gave no whole answer: ${reasonOf(cause)}`, {
        cause,
      });
    }
  }
}
