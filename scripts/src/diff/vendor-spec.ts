import type { OpenAPI3, OperationObject } from "../spec/openapi.ts";
import { buildServer } from "../model/build-server.ts";
import { httpMethods } from "../spec/http-methods.ts";
import { escapePointer, isObject, memberOf, nodeAt, unescapePointer } from "../spec/json-pointer.ts";
import type { Spec } from "../spec/load/load-spec.ts";

type Paths = Record<string, Record<string, OperationObject>>;
type Security = NonNullable<OpenAPI3["security"]>;

/**
 * Reduces the vendor's description to the part that can be compared with ours: the paths that begin like one of ours, and operations
 * with one of our tags. Paths lose the API version. Operations and components get our names where only the name differs. Servers and
 * security schemes are ours.
 */
export function reduceVendorSpec(ours: OpenAPI3, vendor: Spec): Spec {
  const ourPaths = (ours.paths ?? {}) as Paths;
  const services = new Set(Object.keys(ourPaths).map(serviceOf));
  const tags = new Set(ours.tags?.map(({ name }) => name));
  const versions = versionsOf(ours);
  const [ourScheme] = Object.keys(ours.components?.securitySchemes ?? {});
  /** The vendor's places of paths and components, by ours. */
  const origins = new Map<string, string>();
  const components: Record<string, Record<string, unknown>> = {};

  const copy = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(copy);
    if (!isObject(node)) return node;
    const entries = Object.entries(node).map(([name, member]) => [
      name,
      name === "$ref" && typeof member === "string" ? copyComponent(member) : copy(member),
    ]);
    return Object.fromEntries(entries);
  };
  const copyComponent = (reference: string): string => {
    const [section = "", name = "", ...rest] = reference.split("/").slice(2).map(unescapePointer);
    const ourNames = Object.keys(memberOf(ours.components, section) ?? {});
    const ourName = ourNames.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
    const pointer = ["#/components", section, escapePointer(ourName)].join("/");
    if (!origins.has(pointer)) {
      origins.set(pointer, reference.split("/").slice(0, 4).join("/"));
      const component = copy(nodeAt(vendor.document, ["components", section, name]));
      components[section] = { ...components[section], [ourName]: component };
    }
    return [pointer, ...rest.map(escapePointer)].join("/");
  };
  const withOurScheme = (security: Security): Security =>
    security.map((requirement) =>
      Object.fromEntries(
        Object.entries(requirement).map(([scheme, scopes]) => [ourScheme ?? scheme, scopes]),
      ),
    );

  const paths: Paths = {};
  for (const [path, item] of Object.entries((vendor.document.paths ?? {}) as Paths)) {
    const ourPath = withoutVersion(path, versions);
    const operations = httpMethods.flatMap((method) => item[method] ?? []);
    const hasOurTag = operations.some((operation) => operation.tags?.some((tag) => tags.has(tag)));
    if (!services.has(serviceOf(ourPath)) && !hasOurTag) continue;
    origins.set(`#/paths/${escapePointer(ourPath)}`, `#/paths/${escapePointer(path)}`);
    const copied = copy(item) as Paths[string];
    for (const method of httpMethods) {
      const { [method]: operation } = copied;
      if (operation === undefined) continue;
      const { operationId } = ourPaths[ourPath]?.[method] ?? operation;
      if (operationId !== undefined) operation.operationId = operationId;
      operation.security = withOurScheme(operation.security ?? vendor.document.security ?? []);
    }
    paths[ourPath] = copied;
  }
  components["securitySchemes"] = ours.components?.securitySchemes ?? {};
  const { openapi } = vendor.document;
  return {
    ...vendor,
    document: { ...ours, openapi, paths, components } as OpenAPI3,
    problems: vendor.problems.filter(({ place: { pointer = "" } }) =>
      [...origins.values()].some((origin) => `${pointer}/`.startsWith(`${origin}/`)),
    ),
    locate: (pointer) => {
      const tokens = pointer.split("/");
      const start = tokens.splice(0, tokens[1] === "paths" ? 3 : 4).join("/");
      return vendor.locate([origins.get(start) ?? start, ...tokens].join("/"));
    },
  };
}

/** The first segment of a path, which names a service of the vendor. */
function serviceOf(path: string): string {
  return path.split("/")[1] ?? "";
}

function versionsOf({ servers }: OpenAPI3): ReadonlySet<string> {
  const variables = Object.values(buildServer(servers)?.variables ?? {});
  return new Set(
    variables.flatMap(({ enum: values = [], serviceVersions = [] }) => [...values, ...serviceVersions]),
  );
}

/** Removes the API version from a path. It is the first segment, or follows the name of the service. */
function withoutVersion(path: string, versions: ReadonlySet<string>): string {
  const segments = path.split("/");
  return segments.filter((segment, index) => index > 2 || !versions.has(segment)).join("/");
}
