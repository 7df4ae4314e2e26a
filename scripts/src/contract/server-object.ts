/** Where the API is served. */
export interface Server {
  /** The URL template; the names in braces are variables. */
  readonly url: string;
  readonly variables: Readonly<Record<string, ServerVariable>>;
  /** The token endpoint of the OAuth 2.0 client credentials grant, as the API's description has it. */
  readonly tokenUrl?: string;
}

export interface ServerVariable {
  readonly default: string;
  /** The values that it may have. Any, where absent. */
  readonly enum?: readonly string[];
  /** More values, which stand in the path after its first segment instead of in the server's URL. */
  readonly serviceVersions?: readonly string[];
}
