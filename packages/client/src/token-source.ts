/** Where the requests' tokens come from. */
export interface TokenSource {
  /**
   * A token that should be good for a request sent now.
   * @throws AuthenticationError when there is none to be had.
   */
  get(): Promise<string>;
  /** The server does not accept this token: it is not to be given again. */
  reject(token: string): void;
}
