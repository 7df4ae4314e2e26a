import type { ServerObject } from "./document.ts";

/** Where a document's paths are found on the server. */
export interface ApiLayout {
  /** What stands before a path, and the API version that it means; none where the document has no versions. */
  readonly prefixes: ReadonlyMap<string, string | undefined>;
  /** What stands before a path whose version comes after its first segment. */
  readonly servicePrefix: string;
  /** The versions that come after a path's first segment. */
  readonly serviceVersions: readonly string[];
}

/** What a request is for: a path as the document writes it, in an API version. */
export interface ApiPath {
  readonly apiVersion: string | undefined;
  readonly path: string;
}

/**
 * The layout that a server object describes. A variable `apiVersion` in the path of its URL makes one prefix for each
 * value of its `enum`; the `x-service-versions` beside that stand within the path instead, as in
 * `/connector-customizers/v1/{id}`. Any other variable has its default.
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

/** Every version that a layout has. */
export function layoutVersions({ prefixes, serviceVersions }: ApiLayout): string[] {
  return [...prefixes.values(), ...serviceVersions].filter((version) => version !== undefined);
}

/** Finds the API version in the path of a request, percent-encoded as it came; undefined when it is none's. */
export function resolveApiPath(layout: ApiLayout, path: string): ApiPath | undefined {
  for (const [prefix, apiVersion] of layout.prefixes) {
    if (path.startsWith(`${prefix}/`)) return { apiVersion, path: path.slice(prefix.length) };
  }
  if (!path.startsWith(`${layout.servicePrefix}/`)) return undefined;
  const [, service, apiVersion, ...rest] = path.slice(layout.servicePrefix.length).split("/");
  if (!service || apiVersion === undefined || !layout.serviceVersions.includes(apiVersion)) return undefined;
  return { apiVersion, path: ["", service, ...rest].join("/") };
}

/** A server URL may be relative, and may have variables in its host, so `URL` cannot read it. */
function pathOfUrl(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "");
}
