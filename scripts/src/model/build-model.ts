import { scanDiscriminators } from "openapi-typescript";
import type { OpenAPI3, OperationObject, PathItemObject } from "../spec/openapi.ts";
import { buildRequestBody, buildResponse } from "./build-body.ts";
import { paginationOf } from "./build-pagination.ts";
import { buildParameters } from "./build-parameters.ts";
import { buildServer, serverOf } from "./build-server.ts";
import { addVariants } from "../spec/normalize/add-variants.ts";
import { buildTags } from "./build-tags.ts";
import { breakCycles } from "../spec/normalize/break-cycles.ts";
import { checkExamples } from "../spec/normalize/check-examples.ts";
import { experimentalOf } from "./experimental.ts";
import { separateConstantHeaders } from "./constant-headers.ts";
import { type HttpMethod, httpMethods } from "../spec/http-methods.ts";
import { escapePointer } from "../spec/json-pointer.ts";
import { deref } from "../spec/reference.ts";
import type { ApiModel, Operation } from "./model.ts";
import { nameModels } from "../naming/name-models.ts";
import { nameOperations, parametersName } from "../naming/name-operations.ts";
import { nameParameters } from "../naming/name-parameters.ts";
import { normalizeDocument } from "../spec/normalize/normalize-document.ts";
import { findUnsupported, unsupportedScheme } from "./find-unsupported.ts";
import { findDiagnostics } from "./find-diagnostics.ts";
import type { Diagnostic } from "../spec/diagnostic.ts";
import { textOf } from "../spec/text-of.ts";

/** Builds the model of a bundled document. Returns it with the parts of the document that it lacks. */
export function buildModel(
  described: OpenAPI3,
  source: string,
): { model: ApiModel; diagnostics: readonly Diagnostic[] } {
  const cycles = breakCycles(described);
  // A copy, because the original is published as `openapi.json`.
  const document = JSON.parse(JSON.stringify(described)) as OpenAPI3;
  const diagnostics = [...cycles, ...normalizeDocument(document)];
  diagnostics.push(...checkExamples(document, ["schema", "parameter", "media"]));
  addVariants(document);
  // An example of a request may have a `readOnly` property.
  diagnostics.push(...checkExamples(document, ["media"]));
  const schemas = document.components?.schemas ?? {};
  const { names, scope } = nameModels(Object.keys(schemas));
  const declared = declaredOperations(document);
  const ids = nameOperations(
    declared.map(({ object, ...place }) => ({ ...place, operationId: idOf(object) })),
  );
  const all = declared.map((place, index) => buildOperation(document, place, ids[index] ?? "", scope));
  // `operations` in `schema.ts` needs a unique id for each method.
  for (const [index, { object }] of declared.entries()) object.operationId = ids[index] ?? "";
  const found = findDiagnostics(document, all);
  const discriminators = discriminatorsOf(document);
  return {
    model: {
      source,
      described,
      document,
      discriminators: discriminators ?? { objects: {}, refsHandled: [] },
      server: serverOf(document),
      tags: buildTags(document, found.operations),
      operations: found.operations,
      models: Object.entries(schemas).map(([schemaName, schema]) => ({
        name: names.get(schemaName) ?? schemaName,
        schemaName,
        schema,
        pointer: `#/components/schemas/${escapePointer(schemaName)}`,
      })),
    },
    diagnostics: [
      ...diagnostics,
      ...found.diagnostics,
      ...findUnsupported(document, found.operations),
      ...(discriminators === undefined ? [unscannable] : []),
    ],
  };
}

/** Finds the discriminators. @returns `undefined` if openapi-typescript fails, because an example looks like a schema */
function discriminatorsOf(document: OpenAPI3): ApiModel["discriminators"] | undefined {
  try {
    return scanDiscriminators(document, { silent: true });
  } catch {
    return undefined;
  }
}

const unscannable: Diagnostic = {
  pointer: "#",
  message: "An example looks like a schema.",
  effect: "Discriminators are ignored.",
  remedy: "Remove `allOf` and `oneOf` from examples, or make them lists of objects.",
};

interface DeclaredOperation {
  readonly path: string;
  readonly method: HttpMethod;
  readonly object: OperationObject;
  readonly pathItem: PathItemObject;
}

function declaredOperations(document: OpenAPI3): DeclaredOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) => {
    if (path.startsWith("x-")) return [];
    const pathItem = deref<PathItemObject>(document, item);
    return httpMethods
      .filter((method) => pathItem[method] !== undefined)
      .map((method) => ({
        path,
        method,
        object: deref<OperationObject>(document, pathItem[method]),
        pathItem,
      }));
  });
}

function idOf({ operationId }: OperationObject): string | undefined {
  return typeof operationId === "string" ? operationId : undefined;
}

function buildOperation(
  document: OpenAPI3,
  { path, method, object, pathItem }: DeclaredOperation,
  id: string,
  scope: Parameters<typeof parametersName>[1],
): Operation {
  const pathPointer = `#/paths/${escapePointer(path)}`;
  const pointer = `${pathPointer}/${method}`;
  const declared = buildParameters(document, path, pathItem, object, pathPointer, pointer);
  const { parameters: unnamed, headers } = separateConstantHeaders(document, declared);
  const requestBody = buildRequestBody(document, object.requestBody, pointer);
  const members = nameParameters(unnamed, requestBody !== undefined);
  const parameters = unnamed.map((parameter, index) => ({
    ...parameter,
    member: members[index] ?? parameter.name,
  }));
  const responses = Object.entries(object.responses ?? {})
    .filter(([status]) => !status.startsWith("x-"))
    .map(([status, response]) => buildResponse(document, status, response, pointer));
  const server = buildServer(object.servers ?? pathItem.servers);
  return {
    id,
    parametersName: parametersName(id, scope),
    method: method.toUpperCase() as Operation["method"],
    path,
    summary: textOf(object.summary),
    description: textOf(object.description),
    deprecated: object.deprecated === true,
    experimental: experimentalOf(object),
    server: server?.url === buildServer(document.servers)?.url ? undefined : server,
    tags: object.tags === undefined || object.tags.length === 0 ? ["Default"] : [...new Set(object.tags)],
    pointer,
    parameters,
    headers,
    requestBody,
    responses,
    scopes: (object.security ?? document.security ?? []).map((requirement) =>
      Object.values(requirement as Record<string, string[]>).flat(),
    ),
    unsupportedSchemes: [
      ...new Set(
        (object.security ?? document.security ?? []).flatMap((requirement) => Object.keys(requirement)),
      ),
    ].filter((name) => unsupportedScheme(document, name) !== undefined),
    paginated: object["x-pagination"] !== undefined,
    pagination: paginationOf(document, object, parameters, responses),
  };
}
