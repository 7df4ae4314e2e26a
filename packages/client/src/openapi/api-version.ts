import { server } from "@isc-customizers/types";
import { ConfigurationError } from "../errors/errors.ts";

const { enum: prefixes = [], serviceVersions = [] } = server.variables["apiVersion"] ?? {};

/** Every version of the API. */
export const apiVersions: readonly string[] = [...prefixes, ...serviceVersions];

/** @throws ConfigurationError unless the API has this version. */
export function resolveApiVersion(version: string = server.variables["apiVersion"]?.default ?? ""): string {
  if (apiVersions.includes(version)) return version;
  throw new ConfigurationError(
    `\`apiVersion\` must be one of ${apiVersions.join(", ")}; it is ${String(version)}.`,
  );
}

/** The path with its API version: in front of it, or, for a service's own version, after its first segment. */
export function versionedPath(version: string, path: string): string {
  return serviceVersions.includes(version)
    ? path.replace(/^\/[^/?]+/, `$&/${version}`)
    : `/${version}${path}`;
}
