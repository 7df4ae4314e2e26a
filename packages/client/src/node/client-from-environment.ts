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
import { type CredentialNames, type Credentials, listOf, readCredentials } from "./credentials.ts";

/** Options of `clientFromEnvironment`: those of `createClient`, where the tenant and the credentials can be left out. */
export interface EnvironmentOptions extends Omit<ClientOptions, "auth"> {
  /** Credentials, or only `tokenUrl` and `tokenStore` for the credentials of the environment. */
  readonly auth?: Auth | Pick<ClientCredentialsAuth, "tokenUrl" | "tokenStore"> | undefined;
}

/** The variables and members that SailPoint's own CLI and SDK use. */
const variables: CredentialNames = {
  baseUrl: "SAIL_BASE_URL",
  clientId: "SAIL_CLIENT_ID",
  clientSecret: "SAIL_CLIENT_SECRET",
};
const members: CredentialNames = { baseUrl: "BaseURL", clientId: "ClientId", clientSecret: "ClientSecret" };

/**
 * Creates a client with the tenant and the credentials of the first source that exists:
 *
 * 1. `options`, if they contain `tenant`, `baseUrl`, `auth.clientId`, `auth.clientSecret` or `auth.accessToken`;
 * 2. the environment variables `SAIL_BASE_URL`, `SAIL_CLIENT_ID` and `SAIL_CLIENT_SECRET`;
 * 3. the members `BaseURL`, `ClientId` and `ClientSecret` of `config.json` in the working directory.
 *
 * Sources are never mixed: an incomplete source is an error, also when the next one is complete. An empty variable counts as missing.
 * All other options are passed to `createClient`.
 *
 * @throws ConfigurationError when no source exists, the first one is incomplete, or an option cannot be used
 * @example
 * ```ts
 * // SAIL_BASE_URL=https://acme.api.identitynow.com SAIL_CLIENT_ID=... SAIL_CLIENT_SECRET=... node list.js
 * const customizers = clientFromEnvironment({ timeout: 10_000 });
 * for await (const { id, name } of customizers.listConnectorCustomizers()) console.log(id, name);
 * ```
 */
export function clientFromEnvironment(options: EnvironmentOptions = {}): Client {
  if (hasTenant(options)) return create(options as ClientOptions, "the options");
  const inEnvironment = `${listOf(Object.values(variables))} in the environment`;
  const environment = readCredentials(process.env, variables, "The environment");
  if (environment) return create(withCredentials(options, environment), inEnvironment);
  const file = resolve("config.json");
  const config = readConfigFile(file);
  const configured = config && readCredentials(config, members, file);
  const inFile = `${listOf(Object.values(members))} in ${file}`;
  if (configured) return create(withCredentials(options, configured), inFile);
  throw new ConfigurationError(
    `No tenant is configured. Set ${inEnvironment}, or ${inFile}, which ${config ? "has none of them" : "does not exist"}.`,
  );
}

/** Returns `true` for an error about the tenant or the credentials. The message names the option. */
function isAboutTenant({ message }: ConfigurationError): boolean {
  return /`(?:tenant|baseUrl|auth|auth\.client(?:Id|Secret))`/.test(message);
}

function hasTenant({ tenant, baseUrl, auth = {} }: EnvironmentOptions): boolean {
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
    if (!(cause instanceof ConfigurationError && isAboutTenant(cause))) throw cause;
    const message = `${cause.message} The tenant and the credentials come only from ${source}.`;
    throw new ConfigurationError(message, { cause });
  }
}
