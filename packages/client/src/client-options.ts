import type { ServerVariables } from "@isc-customizers/types";

/** How the client comes by its tokens. */
export type Auth =
  | {
      /** The id of a personal access token. */
      readonly clientId: string;
      /** Its secret. It is sent to the token endpoint alone. */
      readonly clientSecret: string;
      /**
       * The token endpoint. For a tenant whose `GET /oauth/info` names another one.
       * @default `/oauth/token` of the tenant
       */
      readonly tokenUrl?: string | undefined;
    }
  | {
      /** A token, or a function that gives one. It is called for every request, so that caching is its own affair. */
      readonly accessToken: string | (() => string | Promise<string>);
    };

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
  /** Headers for every request. `Authorization` is the client's own. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * What sends the requests, with the signature of the platform's own.
   * @default the global `fetch`, looked up at the first call
   */
  readonly fetch?: Fetch | undefined;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
