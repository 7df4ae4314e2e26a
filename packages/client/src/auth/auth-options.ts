import type { TokenStore } from "./token-store.ts";

/** The client's credentials: either client credentials, or an access token. */
export type Auth = ClientCredentialsAuth | AccessTokenAuth;

/**
 * The id and the secret of a personal access token or an API client. The client exchanges them for access tokens, and renews these
 * before they expire. These requests have the client's `timeout`, `totalTimeout`, `retries`, `maxRetryAfter` and `headers`.
 * `clientFromEnvironment()` of `@isc-customizers/client/node` finds the credentials in the environment.
 *
 * @example
 * ```ts
 * createClient({ tenant: "acme", auth: { clientId, clientSecret } });
 * ```
 */
export interface ClientCredentialsAuth {
  /** The client id. */
  readonly clientId: string;
  /** The client secret. It is sent to the token endpoint only, and never appears in an error or a log. */
  readonly clientSecret: string;
  /**
   * The URL of the token endpoint, or `"discover"` to ask the tenant for it at `/oauth/info`, as vanity domains need. It must be
   * `https`, or `http` on a loopback host.
   *
   * @default `/oauth/token` of the tenant
   */
  readonly tokenUrl?: string | undefined;
  /**
   * Shares tokens between processes.
   *
   * @default none: each client requests its own tokens and keeps them in memory
   */
  readonly tokenStore?: TokenStore | undefined;
  readonly accessToken?: undefined;
}

/**
 * An access token from elsewhere.
 *
 * @example
 * ```ts
 * createClient({ tenant: "acme", auth: { accessToken: () => vault.read("isc-token") } });
 * ```
 */
export interface AccessTokenAuth {
  /**
   * An access token, or a function that returns one. The client calls the function for every attempt, so it should cache its
   * token. If it throws, the call fails with an `AuthenticationError`.
   */
  readonly accessToken: string | (() => string | Promise<string>);
  readonly clientId?: undefined;
  readonly clientSecret?: undefined;
  readonly tokenUrl?: undefined;
  readonly tokenStore?: undefined;
}
