import { ConfigurationError } from "../index.ts";

/** A tenant and the credentials for it. */
export interface Credentials {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The names that a source uses for the credentials. */
export type CredentialNames = Readonly<Record<keyof Credentials, string>>;

/** Writes names as a list: `a, b, and c`. */
export function listOf(names: readonly string[]): string {
  return new Intl.ListFormat("en").format(names);
}

/**
 * Reads the credentials from one source. Sources are never mixed, because a secret would be sent to the wrong tenant.
 * @param source the source's name in an error
 * @returns `undefined` when the source contains none of them
 * @throws ConfigurationError when the source contains only some of them
 */
export function readCredentials(
  values: Readonly<Record<string, unknown>>,
  names: CredentialNames,
  source: string,
): Credentials | undefined {
  const read = (key: keyof Credentials) => {
    const value = values[names[key]];
    return typeof value === "string" ? value : "";
  };
  const credentials = {
    baseUrl: read("baseUrl"),
    clientId: read("clientId"),
    clientSecret: read("clientSecret"),
  };
  const all = Object.values(names);
  const missing = Object.entries(credentials).flatMap(([key, value]) =>
    value === "" ? [names[key as keyof Credentials]] : [],
  );
  if (missing.length === 0) return credentials;
  if (all.every((name) => values[name] === undefined || values[name] === "")) return undefined;
  throw new ConfigurationError(
    `${source} lacks ${listOf(missing)}. Set ${listOf(all)} together, each to a string.`,
  );
}
