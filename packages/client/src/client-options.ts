import type { ServerVariables } from "@isc-customizers/types";

/** How the client comes by its tokens: by client credentials, or ready-made. */
export type Auth = ClientCredentialsAuth | AccessTokenAuth;

export interface ClientCredentialsAuth {
  /** The id of a personal access token. */
  readonly clientId: string;
  /** Its secret. It is sent to the token endpoint alone. */
  readonly clientSecret: string;
  /**
   * The token endpoint, for a tenant whose `GET /oauth/info` names another one. `https`, but for a loopback host.
   * @default `/oauth/token` of the tenant
   */
  readonly tokenUrl?: string | undefined;
  readonly accessToken?: undefined;
}

export interface AccessTokenAuth {
  /** A token, or a function that gives one. It is called for every request, so that caching is its own affair. */
  readonly accessToken: string | (() => string | Promise<string>);
  readonly clientId?: undefined;
  readonly clientSecret?: undefined;
  readonly tokenUrl?: undefined;
}

/** What `createClient` takes: `auth`, and either `tenant` or `baseUrl`. */
export interface ClientOptions {
  /** The tenant's name: `acme` for `https://acme.api.identitynow.com`. Not together with `baseUrl`. */
  readonly tenant?: string | undefined;
  /**
   * The tenant's URL, without an API version. `https`, but for a loopback host. Not together with `tenant`.
   * A slash at its end makes no difference.
   */
  readonly baseUrl?: string | undefined;
  /**
   * The API version that every call goes to.
   * @default "v2024"
   */
  readonly apiVersion?: ServerVariables["apiVersion"] | undefined;
  readonly auth: Auth;
  /** Headers for every request. `Authorization` and the framing of the message are the client's own. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * What sends the requests, with the signature of the platform's own.
   * @default the global `fetch`, looked up at each call
   */
  readonly fetch?: Fetch | undefined;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
