import { server } from "@isc-customizers/types";
import { check } from "../errors/check.ts";

const { enum: prefixes = [], serviceVersions = [] } = server.variables["apiVersion"] ?? {};

/** Every version of the API. */
export const apiVersions: readonly string[] = [...prefixes, ...serviceVersions];

/** @throws ConfigurationError unless the API has this version. */
export function resolveApiVersion(version: string = server.variables["apiVersion"]?.default ?? ""): string {
  check(apiVersions.includes(version), "apiVersion", `one of ${apiVersions.join(", ")}`, version);
  return version;
}

/** Adds an API version to a path: in front of it, or, for a service's own version, after its first segment. */
export function versionedPath(version: string, path: string): string {
  return serviceVersions.includes(version)
    ? path.replace(/^\/[^/?]+/, `$&/${version}`)
    : `/${version}${path}`;
}
