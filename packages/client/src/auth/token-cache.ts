import { abortable } from "../runtime/abortable.ts";
import { secureUrl } from "../openapi/base-url.ts";
import { AuthenticationError } from "../errors/errors.ts";
import { reasonOf } from "../errors/reason.ts";
import { defaultLimits } from "../transport/request-limits.ts";
import { retryAfter } from "../transport/retry-after.ts";
import { freshness, type Token } from "./token-freshness.ts";
import { readFields, readTokenResponse, type TokenAnswer } from "./token-response.ts";
import type { TokenSource } from "../transport/token-source.ts";
import type { TokenStore } from "./token-store.ts";
import { createTransport, type Platform, type Transport } from "../transport/transport.ts";

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

interface Flight {
  readonly token: Promise<Token>;
  /** How many wait for it. When nobody does any more, it is given up. */
  passengers: number;
  readonly giveUp: () => void;
}

/** How long the token endpoint is left alone after it failed, while there is a token that will do, in milliseconds. */
const respite = 5000;

/**
 * Tokens by the client credentials grant (RFC 6749, section 4.4).
 *
 * | token         | `get`                                            | `reject` of it    |
 * | ------------- | ------------------------------------------------ | ----------------- |
 * | none, or old  | waits for a flight, its own or one under way     | -                 |
 * | aging         | gives it, and starts a flight unless one is under way or has just failed | there is none |
 * | fresh         | gives it                                         | there is none     |
 */
export class ClientCredentialsSource implements TokenSource {
  readonly #credentials: ClientCredentials;
  readonly #transport: Transport;
  readonly #platform: Platform;
  #tokenUrl: string | undefined;
  #token: Token | undefined;
  /** The last token that the server did not accept: a store may still have it. */
  #rejected: string | undefined;
  #flight: Flight | undefined;
  #respiteUntil = -Infinity;

  constructor(credentials: ClientCredentials, platform: Platform) {
    this.#credentials = credentials;
    this.#transport = createTransport({
      ...platform,
      maxRetryAfter: 60_000,
      secrets: [credentials.clientSecret],
    });
    this.#platform = platform;
    this.#tokenUrl = credentials.tokenUrl;
  }

  async get(signal: AbortSignal): Promise<string> {
    const { clock, log } = this.#platform;
    const now = clock.now();
    const state = this.#token && freshness(this.#token, now);
    if (this.#token === undefined || state === "old") return (await this.#board(signal)).value;
    if (state === "aging" && this.#flight === undefined && now >= this.#respiteUntil) {
      // Whoever fetches it in the background does so for all, and is told of no failure: the token is good for a while.
      this.#board().catch(({ message }: Error) => {
        this.#respiteUntil = clock.now() + respite;
        log("warn", () => message);
      });
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
    const { store } = this.#credentials;
    if (store === undefined) return await this.#request(signal);
    const { clientId, tokenUrl, infoUrl } = this.#credentials;
    const { SharedToken } = await import("./shared-token.ts");
    const shared = new SharedToken(store, `${tokenUrl ?? infoUrl} ${clientId}`, this.#platform, signal);
    const stored = await shared.get();
    if (stored !== undefined && stored.value === this.#rejected) await shared.delete();
    else if (stored && freshness(stored, this.#platform.clock.now()) === "fresh") return stored;
    const token = await this.#request(signal);
    await shared.set(token);
    return token;
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
    const issued = this.#platform.clock.now();
    const answer = await this.#send(url, signal, body);
    const { accessToken, expiresIn } = readTokenResponse(placeOf(url), answer);
    return { value: accessToken, issued, expires: issued + expiresIn * 1000 };
  }

  /** What the tenant names as its token endpoint. */
  async #discover(signal: AbortSignal): Promise<string> {
    const url = this.#credentials.infoUrl;
    const answer = await this.#send(url, signal);
    try {
      return secureUrl("tokenEndpoint", readFields(answer.text)["tokenEndpoint"]).href;
    } catch (cause) {
      throw new AuthenticationError(
        `${url} answered ${answer.status} without a token endpoint that can be used.`,
        { ...answer, cause },
      );
    }
  }

  /** A request for a token may always be repeated: it changes nothing. */
  async #send(url: string, signal: AbortSignal, body?: string): Promise<TokenAnswer> {
    const request = {
      url,
      method: body === undefined ? "GET" : "POST",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      idempotent: true,
      body:
        body === undefined
          ? body
          : { repeatable: true, content: body, open: () => Promise.resolve({ body }), discard() {} },
      operationId: "token",
      options: { ...defaultLimits, signal },
    };
    try {
      const { data } = await this.#transport(request, async ({ response, redact }) => ({
        status: response.status,
        retryAfter: retryAfter(response.headers),
        text: await response.text(),
        redact,
      }));
      return data;
    } catch (cause) {
      throw new AuthenticationError(
        `The token endpoint ${placeOf(url)} gave no whole answer: ${reasonOf(cause)}`,
        {
          cause,
        },
      );
    }
  }
}

/** The URL as an error may show it: what is asked for in a query may be a key. */
function placeOf(url: string): string {
  return url.replace(/[?#].*/, "");
}
