import type { OpenAPI3, ServerObject } from "../spec/openapi.ts";
import type { Server, ServerVariable } from "../contract/server-object.ts";
import { deref } from "../spec/reference.ts";
import { textOf } from "../spec/text-of.ts";

/** The variables of the first server of the document. */
export function variableDescriptionsOf(document: OpenAPI3): Record<string, string> {
  const variables = Object.entries(document.servers?.[0]?.variables ?? {});
  return Object.fromEntries(variables.map(([name, { description }]) => [name, textOf(description)]));
}

/** The first server of the document: the one that a client calls by default (OpenAPI 3.1.0, section 4.8.1). */
export function serverOf(document: OpenAPI3): Server | undefined {
  const server = buildServer(document.servers);
  const tokenUrl = clientCredentialsTokenUrl(document);
  return server && { ...server, ...(tokenUrl !== undefined && { tokenUrl }) };
}

/** The first server of a list. */
export function buildServer([server]: readonly ServerObject[] = []): Server | undefined {
  if (typeof server?.url !== "string") return undefined;
  const variables = Object.entries(server.variables ?? {}).map(
    ([name, variable]): [string, ServerVariable] => [
      name,
      {
        default: variable.default ?? "",
        ...(variable.enum?.[0] !== undefined && { enum: variable.enum }),
        ...(variable["x-service-versions"] && { serviceVersions: variable["x-service-versions"] }),
      },
    ],
  );
  return { url: server.url, variables: Object.fromEntries(variables) };
}

function clientCredentialsTokenUrl(document: OpenAPI3): string | undefined {
  for (const object of Object.values(document.components?.securitySchemes ?? {})) {
    const scheme = deref<{ flows?: { clientCredentials?: { tokenUrl?: string } } }>(document, object);
    const url = scheme.flows?.clientCredentials?.tokenUrl;
    if (url !== undefined) return url;
  }
  return undefined;
}
