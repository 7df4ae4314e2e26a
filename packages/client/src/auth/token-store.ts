/** A token as it is kept. It is a secret. */
export interface StoredToken {
  readonly value: string;
  /** When its life began, in milliseconds since the epoch. */
  readonly issued: number;
  /** When it ends, in milliseconds since the epoch. */
  readonly expires: number;
}

/**
 * Keeps tokens where several processes can reach them, so that they share one. What it throws is logged, and then the client
 * does without it.
 */
export interface TokenStore {
  /** @param key names the token endpoint and the client id; it is no secret */
  get(key: string): Promise<StoredToken | undefined>;
  set(key: string, token: StoredToken): Promise<void>;
  delete(key: string): Promise<void>;
}
