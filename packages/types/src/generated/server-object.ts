// Generated from scripts/src/contract/server-object.ts by `pnpm generate`. Do not edit.

/** A server of the API. */
export interface Server {
  /** The URL template. The names in braces are variables. */
  readonly url: string;
  readonly variables: Readonly<Record<string, ServerVariable>>;
  /** The token endpoint of the OAuth 2.0 client credentials grant, as the API's description states it. */
  readonly tokenUrl?: string;
}

/** A variable in a server's URL. */
export interface ServerVariable {
  readonly default: string;
  /** The allowed values; absent if every value is allowed. */
  readonly enum?: readonly string[];
  /** More values. They go into the path, after its first segment, and not into the server's URL. */
  readonly serviceVersions?: readonly string[];
}
