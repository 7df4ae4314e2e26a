import type { ServerObject } from "./document.ts";

/** Places of the API version in the paths of a server. */
export interface ApiLayout {
  /** API version by path prefix; undefined when the document has no versions. */
  readonly prefixes: ReadonlyMap<string, string | undefined>;
  /** Prefix of a path whose version comes after its first segment. */
  readonly servicePrefix: string;
  /** Versions that come after the first segment of a path. */
  readonly serviceVersions: readonly string[];
}

/** The path of a request as the document writes it, and its API version. */
export interface ApiPath {
  readonly apiVersion: string | undefined;
  readonly path: string;
}

/**
 * Reads the layout from a server object. A variable `apiVersion` in the path of its URL makes one prefix for each value of
 * its `enum`. The versions in its `x-service-versions` come within the path instead, as in
 * `/connector-customizers/v1/{id}`. Other variables have their defaults.
 */
export function apiLayout(server: ServerObject | undefined): ApiLayout {
  const { apiVersion, ...others } = server?.variables ?? {};
  const path = Object.entries(others).reduce(
    (template, [name, variable]) => template.replaceAll(`{${name}}`, variable.default),
    pathOfUrl(server?.url ?? "/"),
  );
  const prefix = (version: string) => path.replaceAll("{apiVersion}", version).replace(/\/+$/, "");
  const versions = path.includes("{apiVersion}") ? (apiVersion?.enum ?? []) : [];
  return {
    prefixes: new Map(versions.length > 0 ? versions.map((v) => [prefix(v), v]) : [[prefix(""), undefined]]),
    servicePrefix: prefix("").replaceAll("//", "/"),
    serviceVersions: apiVersion?.["x-service-versions"] ?? [],
  };
}

/** Lists the versions of a layout. */
export function layoutVersions({ prefixes, serviceVersions }: ApiLayout): string[] {
  return [...prefixes.values(), ...serviceVersions].filter((version) => version !== undefined);
}

/** Finds the API version in the percent-encoded path of a request; undefined when the path has no known version. */
export function resolveApiPath(layout: ApiLayout, path: string): ApiPath | undefined {
  for (const [prefix, apiVersion] of layout.prefixes) {
    if (path.startsWith(`${prefix}/`)) return { apiVersion, path: path.slice(prefix.length) };
  }
  if (!path.startsWith(`${layout.servicePrefix}/`)) return undefined;
  const [, service, apiVersion, ...rest] = path.slice(layout.servicePrefix.length).split("/");
  if (!service || apiVersion === undefined || !layout.serviceVersions.includes(apiVersion)) return undefined;
  return { apiVersion, path: ["", service, ...rest].join("/") };
}

/** Returns the path of a server URL. `URL` cannot parse it: it may be relative or have variables in its host. */
function pathOfUrl(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "");
}
