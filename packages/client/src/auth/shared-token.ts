import { abortable } from "../runtime/abort.ts";
import { isToken } from "./bearer-token.ts";
import { reasonOf } from "../errors/message.ts";
import { redactor } from "../errors/redact.ts";
import { defaultLimits } from "../transport/request-limits.ts";
import { timeLimit } from "../transport/time-limit.ts";
import type { Token } from "./token-freshness.ts";
import type { TokenStore } from "./token-store.ts";
import type { Platform } from "../transport/transport.ts";

/**
 * The token of some credentials, in a store of the caller's. The store cannot harm a call: what it throws is logged, what it takes
 * too long for is done without, and what it gives is looked at.
 */
export class SharedToken {
  readonly #store: TokenStore;
  readonly #key: string;
  readonly #platform: Platform;
  readonly #signal: AbortSignal;

  constructor(store: TokenStore, key: string, platform: Platform, signal: AbortSignal) {
    this.#store = store;
    this.#key = key;
    this.#platform = platform;
    this.#signal = signal;
  }

  async get(): Promise<Token | undefined> {
    const stored = await this.#try(() => this.#store.get(this.#key));
    if (!isToken(stored?.value)) return undefined;
    const offset = this.#offset;
    return { value: stored.value, issued: stored.issued + offset, expires: stored.expires + offset };
  }

  async set({ value, issued, expires }: Token): Promise<void> {
    // Of one without an end nobody could tell when to forget it.
    if (expires === Infinity) return;
    const offset = this.#offset;
    const token = { value, issued: issued - offset, expires: expires - offset };
    await this.#try(() => this.#store.set(this.#key, token), redactor([value]));
  }

  async delete(): Promise<void> {
    await this.#try(() => this.#store.delete(this.#key));
  }

  /**
   * The difference between the client's clock, which is never set, and the time of day, which the store uses. Read it once for a token:
   * between two readings it may change by a millisecond, and the token's lifetime with it.
   */
  get #offset(): number {
    return this.#platform.clock.now() - Date.now();
  }

  async #try<T>(use: () => Promise<T>, redact = (text: string) => text): Promise<T | undefined> {
    const { clock, log } = this.#platform;
    const { timeout } = defaultLimits;
    const limit = timeLimit(clock, this.#signal);
    limit.set(timeout, () => `it took longer than ${timeout} ms.`);
    try {
      return await abortable(use(), limit.signal);
    } catch (error) {
      if (this.#signal.aborted) throw error;
      log("warn", () => `The token store failed: ${redact(reasonOf(error))}`);
      return undefined;
    } finally {
      limit.lift();
    }
  }
}
