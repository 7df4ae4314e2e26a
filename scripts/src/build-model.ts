import { scanDiscriminators } from "openapi-typescript";
import type {
  MediaTypeObject,
  OpenAPI3,
  OperationObject,
  PathItemObject,
  ReferenceObject,
  RequestBodyObject,
  ResponseObject,
} from "openapi-typescript";
import { paginationOf } from "./build-pagination.ts";
import { buildParameters } from "./build-parameters.ts";
import { serverOf } from "./build-server.ts";
import { buildTags } from "./build-tags.ts";
import { experimentalOf } from "./experimental.ts";
import { firstExample } from "./first-example.ts";
import { separateFixedHeaders } from "./fixed-headers.ts";
import { deref, escapePointer } from "./json-reference.ts";
import { bodyKind, preferredMediaType } from "./media-type.ts";
import type { ApiModel, Model, Operation, RequestBody, Response } from "./model.ts";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** The model of a bundled document. It judges nothing: what a layer cannot express is for `refusals` to find. */
export function buildModel(document: OpenAPI3, source: string): ApiModel {
  const operations: Operation[] = [];
  const operationTags = new Map<string, Operation[]>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    const pathItem = deref<PathItemObject>(document, item);
    for (const method of methods) {
      const object = pathItem[method];
      if (object === undefined) continue;
      const pointer = `#/paths/${escapePointer(path)}`;
      const tags = deref<OperationObject>(document, object).tags ?? ["Default"];
      const operation = buildOperation(document, path, method, pathItem, pointer);
      operations.push(operation);
      for (const tag of tags) operationTags.set(tag, [...(operationTags.get(tag) ?? []), operation]);
    }
  }
  return {
    source,
    document,
    discriminators: scanDiscriminators(document, { silent: true }),
    server: serverOf(document),
    tags: buildTags(document, operationTags),
    operations,
    models: buildModels(document),
  };
}

function buildOperation(
  document: OpenAPI3,
  path: string,
  method: (typeof methods)[number],
  pathItem: PathItemObject,
  pathPointer: string,
): Operation {
  const object = deref<OperationObject>(document, pathItem[method] ?? {});
  const pointer = `${pathPointer}/${method}`;
  const declared = buildParameters(document, pathItem, object, pathPointer, pointer);
  const { parameters, headers } = separateFixedHeaders(document, declared);
  const responses = Object.entries(object.responses ?? {}).map(([status, response]) =>
    buildResponse(document, status, response, pointer),
  );
  return {
    id: object.operationId ?? "",
    method: method.toUpperCase() as Operation["method"],
    path,
    summary: object.summary?.trim() ?? "",
    description: object.description?.trim() ?? "",
    deprecated: object.deprecated === true,
    experimental: experimentalOf(object),
    hasServers: (object.servers ?? pathItem.servers) !== undefined,
    pointer,
    parameters,
    headers,
    requestBody: object.requestBody && buildRequestBody(document, object.requestBody, pointer),
    responses,
    scopes: (object.security ?? document.security ?? []).map((requirement) =>
      Object.values<string[]>(requirement as Record<string, string[]>).flat(),
    ),
    paginated: object["x-pagination"] !== undefined,
    pagination: paginationOf(document, object, parameters, responses),
  };
}

function buildRequestBody(
  document: OpenAPI3,
  object: RequestBodyObject | ReferenceObject,
  pointer: string,
): RequestBody | undefined {
  const body = deref<RequestBodyObject>(document, object);
  const mediaType = preferredMediaType(Object.keys(body.content));
  if (mediaType === undefined) return undefined;
  const content = deref<MediaTypeObject>(document, body.content[mediaType] ?? {});
  return {
    required: body.required === true,
    description: body.description?.trim() ?? "",
    mediaType,
    kind: bodyKind(mediaType),
    schema: content.schema,
    example: firstExample(document, content),
    pointer: `${pointer}/requestBody`,
  };
}

function buildResponse(
  document: OpenAPI3,
  status: string,
  object: ResponseObject | ReferenceObject,
  pointer: string,
): Response {
  const response = deref<ResponseObject>(document, object);
  const mediaType = preferredMediaType(Object.keys(response.content ?? {}));
  const content = mediaType === undefined ? undefined : response.content?.[mediaType];
  return {
    status,
    description: response.description?.trim() ?? "",
    mediaType,
    kind: mediaType === undefined ? undefined : bodyKind(mediaType),
    schema: content?.schema,
    headers: Object.entries(response.headers ?? {}).map(([name, header]) => ({
      name,
      description: deref<{ description?: string }>(document, header).description?.trim() ?? "",
    })),
    pointer: `${pointer}/responses/${status}`,
  };
}

function buildModels(document: OpenAPI3): Model[] {
  return Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => ({
    name,
    schema,
    pointer: `#/components/schemas/${escapePointer(name)}`,
  }));
}
