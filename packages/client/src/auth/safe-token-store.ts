import { reasonOf } from "../errors/reason.ts";
import { redactor } from "../errors/redact.ts";
import { abortable } from "../runtime/abortable.ts";
import { isToken, type Token } from "./token.ts";
import type { TokenStore } from "./token-store.ts";
import type { Platform } from "../transport/transport.ts";

export interface SafeTokenStoreOptions {
  readonly store: TokenStore;
  readonly key: string;
  /** In milliseconds, for each call of the store. */
  readonly timeout: number;
  readonly clientSecret: string;
}

/** Keeps failures of the caller's token store from a call: they are logged. */
export class SafeTokenStore {
  readonly #options: SafeTokenStoreOptions;
  readonly #platform: Platform;
  /** The last token, which an error of the store may contain. */
  #lastValue = "";

  constructor(options: SafeTokenStoreOptions, platform: Platform) {
    this.#options = options;
    this.#platform = platform;
  }

  /** @returns `undefined` when there is no valid token, or the store fails. */
  async get(signal: AbortSignal): Promise<Token | undefined> {
    const { store, key } = this.#options;
    const stored = await this.#try("get", () => store.get(key), signal);
    if (!isToken(stored?.value)) return undefined;
    this.#lastValue = stored.value;
    const offset = this.#clockOffset;
    return { value: stored.value, issued: stored.issued + offset, expires: stored.expires + offset };
  }

  async set({ value, issued, expires }: Token, signal: AbortSignal): Promise<void> {
    // A store could never remove it.
    if (expires === Infinity) return;
    this.#lastValue = value;
    const { store, key } = this.#options;
    const offset = this.#clockOffset;
    const token = { value, issued: issued - offset, expires: expires - offset };
    await this.#try("set", () => store.set(key, token), signal);
  }

  async delete(signal: AbortSignal): Promise<void> {
    const { store, key } = this.#options;
    await this.#try("delete", () => store.delete(key), signal);
  }

  /**
   * The difference between the client's monotonic clock and the time of day. It is read once for each token: it may change by a
   * millisecond, and the token's lifetime with it.
   */
  get #clockOffset(): number {
    return this.#platform.clock.now() - Date.now();
  }

  async #try<T>(
    method: keyof TokenStore,
    call: () => Promise<T>,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    const { clock, log } = this.#platform;
    const { timeout, clientSecret } = this.#options;
    let cancelTimeout = () => {};
    const timedOut = new Promise<never>((_, reject) => {
      const onTimeout = () => reject(new Error(`no answer within ${timeout} ms`));
      cancelTimeout = clock.after(timeout, onTimeout);
    });
    try {
      return await abortable(Promise.race([call(), timedOut]), signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const redact = redactor([clientSecret, this.#lastValue].filter(Boolean));
      log("warn", () => `The tokenStore.${method} function threw: ${redact(reasonOf(error))}`);
      return undefined;
    } finally {
      cancelTimeout();
    }
  }
}
