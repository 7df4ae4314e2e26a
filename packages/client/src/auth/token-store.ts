/** A token in a `TokenStore`. It is a secret: anyone who can read it can call the API until it expires. */
export interface StoredToken {
  /** The access token. */
  readonly value: string;
  /** Time when it was issued, in milliseconds since 1970 (as `Date.now()`). */
  readonly issued: number;
  /** Time when it expires, in milliseconds since 1970 (as `Date.now()`). */
  readonly expires: number;
}

/**
 * Shares tokens between processes, for example in Redis.
 *
 * A store cannot make a call fail. When a method throws or does not answer within `timeout`, the client logs a warning and requests
 * a token itself.
 *
 * @example
 * ```ts
 * const tokenStore: TokenStore = {
 *   async get(key) {
 *     const text = await redis.get(key);
 *     return text === null ? undefined : JSON.parse(text);
 *   },
 *   async set(key, token) {
 *     await redis.set(key, JSON.stringify(token), { expiration: { type: "PXAT", value: Math.floor(token.expires) } });
 *   },
 *   async delete(key) {
 *     await redis.del(key);
 *   },
 * };
 * ```
 */
export interface TokenStore {
  /**
   * Reads a token. The client calls it when it has no token that it can use, and ignores a token that is about to expire.
   * @param key Identifies the token endpoint and the client id. It is not a secret.
   */
  get(key: string): Promise<StoredToken | undefined>;
  /** Stores a token, in place of an earlier one. Tokens without a known lifetime are not stored. */
  set(key: string, token: StoredToken): Promise<void>;
  /** Removes a token that the API has refused. */
  delete(key: string): Promise<void>;
}
