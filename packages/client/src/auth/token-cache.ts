import { freshness } from "./token-freshness.ts";
import { SingleFlight } from "./single-flight.ts";
import type { Token } from "./token.ts";
import type { TokenSource } from "../transport/transport-context.ts";
import type { Platform } from "../transport/transport-context.ts";

/** Cool-down after a failed background refresh, in milliseconds. */
const refreshCoolDown = 5000;

/** An expired token. */
const none: Token = { value: "", issued: 0, expires: 0 };

/** Obtains a token that is not the last invalidated one. */
export type ObtainToken = (signal: AbortSignal, invalidated: string | undefined) => Promise<Token>;

/**
 * Keeps a token until it expires or is invalidated. `freshness` decides when a token is expiring, and so when it is renewed.
 *
 * | token            | `get`                                                                                  |
 * | ---------------- | -------------------------------------------------------------------------------------- |
 * | none, or expired | waits for the next token                                                               |
 * | expiring         | returns it, and requests the next one in the background, unless that has just failed |
 * | fresh            | returns it                                                                             |
 */
export class TokenCache implements TokenSource {
  readonly #platform: Platform;
  readonly #next: SingleFlight<Token>;
  #token = none;
  #invalidated: string | undefined;
  #coolDownEnd = -Infinity;

  constructor(obtain: ObtainToken, platform: Platform) {
    this.#platform = platform;
    this.#next = new SingleFlight(async (signal) => (this.#token = await obtain(signal, this.#invalidated)));
  }

  async get(signal: AbortSignal): Promise<string> {
    const token = this.#token;
    const state = freshness(token, this.#platform.clock.now());
    if (state === "expired") return (await this.#next.join(signal)).value;
    if (state === "expiring") this.#refreshInBackground();
    return token.value;
  }

  invalidate(token: string): boolean {
    this.#invalidated = token;
    if (this.#token.value === token) this.#token = none;
    return true;
  }

  #refreshInBackground(): void {
    const { clock, log } = this.#platform;
    if (this.#next.isRunning || clock.now() < this.#coolDownEnd) return;
    this.#next.join().catch(({ message }: Error) => {
      this.#coolDownEnd = clock.now() + refreshCoolDown;
      log("warn", () => `The token could not be refreshed. ${message}`);
    });
  }
}
