import { resolve } from "node:path";
import {
  type Auth,
  type Client,
  type ClientCredentialsAuth,
  type ClientOptions,
  ConfigurationError,
  createClient,
} from "../index.ts";
import { readConfigFile } from "./config-file.ts";
import { type CredentialNames, type Credentials, readCredentials, sentence } from "./credentials.ts";

/** What `createClient` takes; the tenant and the credentials may be left to the environment. */
export interface EnvironmentOptions extends Omit<ClientOptions, "auth"> {
  /** Credentials, or how to exchange those of the environment. */
  readonly auth?: Auth | Pick<ClientCredentialsAuth, "tokenUrl" | "tokenStore"> | undefined;
}

/** As the vendor's own tools name them. */
const variables: CredentialNames = {
  baseUrl: "SAIL_BASE_URL",
  clientId: "SAIL_CLIENT_ID",
  clientSecret: "SAIL_CLIENT_SECRET",
};
const members: CredentialNames = { baseUrl: "BaseURL", clientId: "ClientId", clientSecret: "ClientSecret" };

/**
 * Makes a client of the first of these that is there:
 *
 * 1. the options, where they have any of `tenant`, `baseUrl`, `auth.clientId`, `auth.clientSecret` and `auth.accessToken`, and then all
 *    that `createClient` needs. `tokenUrl` and `tokenStore` alone only say how the credentials of the next place are exchanged;
 * 2. `SAIL_BASE_URL`, `SAIL_CLIENT_ID` and `SAIL_CLIENT_SECRET` of the environment;
 * 3. `BaseURL`, `ClientId` and `ClientSecret` of `config.json` in the working directory.
 *
 * It is taken whole: one that is there in part is an error. A variable that is empty counts as not there. All other options
 * are as for `createClient`.
 *
 * @throws ConfigurationError when there is none of them, one of them in part, or what there is cannot be used.
 */
export function clientFromEnvironment(options: EnvironmentOptions = {}): Client {
  if (isExplicit(options)) return create(options as ClientOptions, "the options");
  const environment = readCredentials(process.env, variables, "The environment");
  if (environment) return create(withCredentials(options, environment), "the environment");
  const file = resolve("config.json");
  const config = readConfigFile(file);
  const configured = config && readCredentials(config, members, file);
  if (configured) return create(withCredentials(options, configured), file);
  throw new ConfigurationError(
    `No tenant is configured: the environment has none of ${sentence(Object.values(variables))}, and ${file} ` +
      (config ? `has none of ${sentence(Object.values(members))}.` : "is not there."),
  );
}

function isExplicit({ tenant, baseUrl, auth = {} }: EnvironmentOptions): boolean {
  const { clientId, clientSecret, accessToken } = auth as Partial<ClientCredentialsAuth>;
  return [tenant, baseUrl, clientId, clientSecret, accessToken].some((value) => value !== undefined);
}

function withCredentials(
  options: EnvironmentOptions,
  { baseUrl, clientId, clientSecret }: Credentials,
): ClientOptions {
  return { ...options, baseUrl, auth: { ...options.auth, clientId, clientSecret, accessToken: undefined } };
}

function create(options: ClientOptions, source: string): Client {
  try {
    return createClient(options);
  } catch (cause) {
    if (!(cause instanceof ConfigurationError)) throw cause;
    const message = `${cause.message} The tenant and its credentials are taken from ${source}, and from there alone.`;
    throw new ConfigurationError(message, { cause });
  }
}
