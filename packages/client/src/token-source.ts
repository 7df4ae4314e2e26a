/** Where the requests' tokens come from. */
export interface TokenSource {
  /**
   * A token that should be good for a request sent now.
   * @throws AuthenticationError when there is none to be had; AbortError or TimeoutError at the signal's end.
   */
  get(signal: AbortSignal): Promise<string>;
  /**
   * Sees to it that `get` will not have to wait: what a rate limit lets through then is sent at once, as the limit has it.
   * @throws as `get` does
   */
  prepare?(signal: AbortSignal): Promise<unknown>;
  /**
   * The server does not accept this token: it is not to be given again.
   * @returns whether another one may be had
   */
  reject(token: string): boolean;
}
