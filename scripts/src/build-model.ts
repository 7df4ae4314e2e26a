import { scanDiscriminators } from "openapi-typescript";
import type {
  MediaTypeObject,
  OpenAPI3,
  OperationObject,
  ParameterObject,
  PathItemObject,
  ReferenceObject,
  RequestBodyObject,
  ResponseObject,
} from "openapi-typescript";
import { paginationOf } from "./build-pagination.ts";
import { serverOf } from "./build-server.ts";
import { deref, escapePointer } from "./json-reference.ts";
import { bodyKind, preferredMediaType } from "./media-type.ts";
import type { ApiModel, Model, Operation, Parameter, RequestBody, Response, Tag } from "./model.ts";
import { kebabCase } from "./names.ts";

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
  const parameters = buildParameters(document, pathItem, object, pathPointer, pointer);
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
    hasServers: (object.servers ?? pathItem.servers) !== undefined,
    pointer,
    parameters,
    requestBody: object.requestBody && buildRequestBody(document, object.requestBody, pointer),
    responses,
    scopes: (object.security ?? document.security ?? []).map((requirement) =>
      Object.values<string[]>(requirement as Record<string, string[]>).flat(),
    ),
    paginated: object["x-pagination"] !== undefined,
    pagination: paginationOf(document, object, parameters, responses),
  };
}

/** OpenAPI has other places for these, and ignores parameters of their names (OpenAPI 3.1.0, section 4.8.12.2). */
const ignoredHeaders = new Set(["accept", "content-type", "authorization"]);

/** An operation's own parameter replaces the path's of the same name and place. */
function buildParameters(
  document: OpenAPI3,
  pathItem: PathItemObject,
  operation: OperationObject,
  pathPointer: string,
  operationPointer: string,
): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const [objects, pointer] of [
    [pathItem.parameters, pathPointer],
    [operation.parameters, operationPointer],
  ] as const) {
    for (const [index, object] of (objects ?? []).entries()) {
      const parameter = deref<ParameterObject>(document, object);
      if (parameter.in === "header" && ignoredHeaders.has(parameter.name.toLowerCase())) continue;
      const style =
        parameter.style ?? (parameter.in === "query" || parameter.in === "cookie" ? "form" : "simple");
      parameters.set(`${parameter.in} ${parameter.name}`, {
        name: parameter.name,
        in: parameter.in,
        required: parameter.required === true,
        deprecated: parameter.deprecated === true,
        description: parameter.description?.trim() ?? "",
        schema: parameter.schema,
        hasContent: parameter.content !== undefined,
        style,
        explode: parameter.explode ?? style === "form",
        allowReserved: parameter.allowReserved === true,
        example: exampleOf(document, parameter),
        pointer: `${pointer}/parameters/${index}`,
      });
    }
  }
  return [...parameters.values()];
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
    example: exampleOf(document, content),
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

/** The tags in the order of the document's list, then those that only operations name. Each has a page of its own. */
function buildTags(document: OpenAPI3, operations: ReadonlyMap<string, readonly Operation[]>): Tag[] {
  const listed = new Map(document.tags?.map((tag) => [tag.name, tag.description?.trim() ?? ""]));
  const slugs = new Set(["index", "models"]);
  return [...new Set([...listed.keys(), ...operations.keys()])]
    .filter((name) => operations.has(name))
    .map((name) => ({
      name,
      description: listed.get(name) ?? "",
      slug: unusedSlug(name, slugs),
      operations: operations.get(name) ?? [],
    }));
}

function unusedSlug(name: string, used: Set<string>): string {
  const slug = kebabCase(name) || "tag";
  let candidate = slug;
  for (let n = 2; used.has(candidate); n++) candidate = `${slug}-${n}`;
  used.add(candidate);
  return candidate;
}

function exampleOf(
  document: OpenAPI3,
  object: { example?: unknown; examples?: Record<string, object> },
): unknown {
  if (object.example !== undefined) return object.example;
  const [first] = Object.values(object.examples ?? {});
  return first && deref<{ value?: unknown }>(document, first).value;
}
