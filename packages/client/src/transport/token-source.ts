/** Provides the access tokens of requests. */
export interface TokenSource {
  /**
   * Returns a token that is valid for a request sent now.
   * @throws AuthenticationError when no token can be obtained; AbortError or TimeoutError when the signal is aborted.
   */
  get(signal: AbortSignal): Promise<string>;
  /**
   * Reports a token that the server refuses, so that it is not returned again.
   * @returns whether `get` may return another token
   */
  invalidate(token: string): boolean;
}
