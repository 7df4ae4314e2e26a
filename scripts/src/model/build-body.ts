import type { MediaTypeObject, OpenAPI3, RequestBodyObject, ResponseObject } from "../spec/openapi.ts";
import { deref } from "../spec/reference.ts";
import { bodyKind, concreteMediaType, preferredMediaType } from "../spec/media-type.ts";
import type { RequestBody, Response } from "./model.ts";
import { compositeKinds } from "./schema-kinds.ts";
import { textOf } from "../spec/text-of.ts";

export function buildRequestBody(
  document: OpenAPI3,
  object: unknown,
  pointer: string,
): RequestBody | undefined {
  const body = deref<Partial<RequestBodyObject>>(document, object);
  const content = contentOf(document, body.content);
  if (content === undefined) return undefined;
  return {
    required: body.required === true,
    description: textOf(body.description),
    mediaType: content.mediaType,
    others: content.others,
    kind: bodyKind(content.mediaType),
    encoding: encodingOf(content.media.encoding),
    schema: content.media.schema,
    example: firstExample(document, content.media),
    pointer: `${pointer}/requestBody`,
  };
}

export function buildResponse(
  document: OpenAPI3,
  status: string,
  object: unknown,
  pointer: string,
): Response {
  const response = deref<Partial<ResponseObject>>(document, object);
  const content = contentOf(document, response.content);
  return {
    status,
    description: textOf(response.description),
    mediaType: content?.mediaType,
    others: content?.others ?? [],
    kind: content && bodyKind(content.mediaType),
    schema: content?.media.schema,
    example: content && firstExample(document, content.media),
    headers: Object.entries(response.headers ?? {}).map(([name, header]) => ({
      name,
      description: textOf(deref<{ description?: unknown }>(document, header).description),
    })),
    pointer: `${pointer}/responses/${status}`,
  };
}

const delimiters: Readonly<Record<string, string>> = { form: ",", spaceDelimited: " ", pipeDelimited: "|" };

function encodingOf(encoding: MediaTypeObject["encoding"] = {}): RequestBody["encoding"] {
  const entries = Object.entries(encoding).flatMap(([name, { contentType, style = "form", explode }]) => {
    const delimiter = (explode ?? style === "form") ? undefined : delimiters[style];
    const isConcrete = typeof contentType === "string" && /^[^*,]+$/.test(contentType);
    const field = { ...(isConcrete && { contentType }), ...(delimiter !== undefined && { delimiter }) };
    return Object.keys(field).length === 0 ? [] : [[name, field]];
  });
  return Object.fromEntries(entries) as RequestBody["encoding"];
}

interface Content {
  readonly mediaType: string;
  readonly others: readonly string[];
  readonly media: MediaTypeObject;
}

function contentOf(document: OpenAPI3, object: Readonly<Record<string, unknown>> = {}): Content | undefined {
  const names = Object.keys(object);
  const name = preferredMediaType(names);
  if (name === undefined) return undefined;
  const media = deref<MediaTypeObject>(document, object[name]);
  const isComposite = compositeKinds(document, media.schema).size > 0;
  return {
    mediaType: concreteMediaType(name, isComposite),
    others: names.filter((other) => other !== name),
    media,
  };
}

export function firstExample(document: OpenAPI3, object: { example?: unknown; examples?: unknown }): unknown {
  if (object.example !== undefined) return object.example;
  const [first] = Object.values(Object(object.examples) as Record<string, unknown>);
  return deref<{ value?: unknown }>(document, first).value;
}
