import { validationErrorText } from "../validation-error.ts";
import { isJson, mediaType } from "../http/request-body.ts";
import type { Reply } from "../http/reply.ts";
import type { OpenApiDocument } from "./document.ts";
import { locate } from "./locate.ts";
import type { SchemaValidator } from "./schema-validator.ts";

/** Place of an operation in its document. */
export interface OperationLocation {
  readonly path: string;
  /** In lower case. */
  readonly method: string;
}

/** Lists the problems of a reply to an operation; empty when the document allows it. */
export function invalidities(
  document: OpenApiDocument,
  schemas: SchemaValidator,
  { path, method }: OperationLocation,
  reply: Reply,
): string[] {
  const at = ["paths", path, method, "responses"];
  const { status, headers, body } = reply;
  // Precedence of https://spec.openapis.org/oas/v3.1.0#responses-object.
  const documented = [String(status), `${String(status)[0]}XX`, "default"].find((key) =>
    locate(document, ...at, key),
  );
  if (documented === undefined) return [`status ${status} is not documented`];
  const response = [...at, documented];
  return [
    ...invalidHeaders(document, schemas, response, headers),
    ...invalidBody(document, schemas, response, headers["Content-Type"], body),
  ];
}

function invalidHeaders(
  document: OpenApiDocument,
  schemas: SchemaValidator,
  response: readonly string[],
  headers: Reply["headers"],
): string[] {
  const sent = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return keysAt(document, ...response, "headers").flatMap((name) => {
    const value = sent.get(name.toLowerCase());
    const required = locate(document, ...response, "headers", name, "required")?.value === true;
    if (value === undefined) return required ? [`header ${name} is missing`] : [];
    const schema = locate(document, ...response, "headers", name, "schema");
    if (schema === undefined) return [];
    const number = /^(integer|number)$/.test(
      String(locate(document, ...response, "headers", name, "schema", "type")?.value),
    );
    const errors = schemas.validate(schema.pointer, number ? Number(value) : value);
    return errors.map((error) => `header ${name} ${validationErrorText(error)}`);
  });
}

function invalidBody(
  document: OpenApiDocument,
  schemas: SchemaValidator,
  response: readonly string[],
  contentType: string | undefined,
  body: string | undefined,
): string[] {
  const documented = keysAt(document, ...response, "content");
  if (documented.length === 0) return body === undefined ? [] : ["it has a body, but none is documented"];
  if (body === undefined) return ["it has no body, but one is documented"];
  const type = documented.find((name) => mediaType(name) === mediaType(contentType));
  if (type === undefined) return [`content type ${contentType} is not documented`];
  const schema = locate(document, ...response, "content", type, "schema");
  if (schema === undefined || !isJson(type)) return [];
  const errors = schemas.validate(schema.pointer, JSON.parse(body));
  return errors.map((error) => {
    const { instancePath } = error;
    return `body${instancePath && ` at ${instancePath}`} ${validationErrorText(error)}`;
  });
}

function keysAt(document: OpenApiDocument, ...tokens: readonly string[]): string[] {
  return Object.keys(locate(document, ...tokens)?.value ?? {});
}
