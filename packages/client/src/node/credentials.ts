import { ConfigurationError } from "../index.ts";

/** A tenant and the credentials for it. */
export interface Credentials {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Under which names a source has them. */
export type CredentialNames = Readonly<Record<keyof Credentials, string>>;

/** Every name in a sentence. */
export function sentence(names: readonly string[]): string {
  return new Intl.ListFormat("en").format(names);
}

/**
 * The credentials, if the source has them. Those of two sources are never mixed: a secret would be sent to a tenant that it
 * is not for.
 * @param source names the source in an error
 * @returns `undefined` when there is none of them
 * @throws ConfigurationError when they are there in part.
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
    `${source} lacks ${sentence(missing)}: ${sentence(all)} are needed together, each as a text.`,
  );
}
