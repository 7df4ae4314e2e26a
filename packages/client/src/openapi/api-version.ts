import { server } from "@isc-customizers/types";
import { check } from "../errors/check.ts";

// An API without versions has one, which is empty.
const {
  default: defaultVersion = "",
  enum: prefixes = [defaultVersion],
  serviceVersions = [],
} = server.variables["apiVersion"] ?? {};
/** Path of the server's URL, such as `/{apiVersion}`, without a slash at its end. */
const basePath = server.url.replace(/.*:\/\/[^/]*|\/$/g, "");

/** Every version of the API. */
export const apiVersions: readonly string[] = [...prefixes, ...serviceVersions];

/** @throws ConfigurationError unless the API has this version. */
export function resolveApiVersion(version: string = defaultVersion): string {
  check(apiVersions.includes(version), "apiVersion", `one of ${apiVersions.join(", ")}`, version);
  return version;
}

/** Adds the server's path and an API version to a path. A service's own version comes after the first segment of the path. */
export function versionedPath(version: string, path: string): string {
  return serviceVersions.includes(version)
    ? basePath.replace("/{apiVersion}", "") + path.replace(/^\/[^/?]+/, `$&/${version}`)
    : basePath.replace("{apiVersion}", version) + path;
}
