import { check } from "../errors/check.ts";
import { redactor } from "../errors/redact.ts";
import { toCallbackError } from "../errors/to-callback-error.ts";
import { abortable } from "../runtime/abort.ts";
import { timeLimit } from "../runtime/time-limit.ts";
import type { Platform } from "../transport/transport-context.ts";
import { isVisible, type Token } from "./token.ts";
import type { TokenStore } from "./token-store.ts";

/** The caller's token store for one token, with times of the client's clock. Its methods throw only when the signal is aborted. */
export interface SafeTokenStore {
  /** @returns `undefined` when there is no valid token, or the store fails. */
  get(signal: AbortSignal): Promise<Token | undefined>;
  set(token: Token, signal: AbortSignal): Promise<void>;
  delete(signal: AbortSignal): Promise<void>;
}

export interface SafeTokenStoreOptions {
  readonly store: TokenStore;
  readonly key: string;
  /** The time limit of each call of the store, in milliseconds. */
  readonly timeout: number;
  readonly clientSecret: string;
}

/**
 * Creates a store whose failures are logged, and do not fail a call.
 * @throws ConfigurationError unless the store has all three methods.
 */
export function safeTokenStore(
  { store, key, timeout, clientSecret }: SafeTokenStoreOptions,
  { clock, log }: Platform,
): SafeTokenStore {
  for (const method of ["get", "set", "delete"] as const)
    check(typeof store?.[method] === "function", `auth.tokenStore.${method}`, "a function");
  /** The last token, which an error of the store may contain. */
  let lastValue = "";

  const callStore = async <T>(
    method: keyof TokenStore,
    call: () => Promise<T>,
    signal: AbortSignal,
  ): Promise<T | undefined> => {
    const limit = timeLimit(clock, signal);
    limit.set(timeout, () => `no answer within ${timeout} ms`);
    try {
      // The store of a caller without types may return no promise.
      return await abortable(Promise.resolve(call()), limit.signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const redact = redactor([clientSecret, lastValue]);
      log("warn", () => toCallbackError(`tokenStore.${method}`, error, redact).message);
      return undefined;
    } finally {
      limit.lift();
    }
  };

  /** Shifts times between the time of day and the client's monotonic clock, both by the same offset: the lifetime stays exact. */
  const shift = ({ value, issued, expires }: Token, offset: number): Token => {
    lastValue = value;
    return { value, issued: issued + offset, expires: expires + offset };
  };

  return {
    async get(signal) {
      const stored = await callStore("get", () => store.get(key), signal);
      return isVisible(stored?.value) ? shift(stored, clock.now() - Date.now()) : undefined;
    },
    async set(token, signal) {
      // A store could never remove a token without an end.
      if (token.expires === Infinity) return;
      const stored = shift(token, Date.now() - clock.now());
      await callStore("set", () => store.set(key, stored), signal);
    },
    async delete(signal) {
      await callStore("delete", () => store.delete(key), signal);
    },
  };
}
