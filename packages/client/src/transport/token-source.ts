/** Where the requests' tokens come from. */
export interface TokenSource {
  /**
   * A token that should be good for a request sent now.
   * @throws AuthenticationError when there is none to be had; AbortError or TimeoutError at the signal's end.
   */
  get(signal: AbortSignal): Promise<string>;
  /**
   * The server does not accept this token: it is not to be given again.
   * @returns whether another one may be had
   */
  reject(token: string): boolean;
}
