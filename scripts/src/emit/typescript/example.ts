import { sample } from "openapi-sampler";
import { exampleClientName } from "../../naming/client-name.ts";
import { literal } from "./literal.ts";
import type { OpenAPI3 } from "../../spec/openapi.ts";
import type { ApiModel, Operation, Parameter, RequestBody, Schema } from "../../model/model.ts";
import { fittingPart } from "../../spec/normalize/fits.ts";
import { deref } from "../../spec/reference.ts";
import { formFields } from "../../model/form-fields.ts";
import { memberOf } from "../../spec/json-pointer.ts";
import { propertyAccess, propertyName } from "../../naming/names.ts";
import { successesOf } from "../../model/successes.ts";

/** The examples by operation: the docstring and the reference share them. */
const examples = new WeakMap<Operation, string>();

/** Emits a call of the operation with the spec's examples as arguments. The call does not declare the client. */
export function exampleOf(model: ApiModel, operation: Operation): string {
  const example = examples.get(operation) ?? callOf(model, operation, parametersInExample(operation));
  examples.set(operation, example);
  return example;
}

/** Emits a call of the operation with these parameters and the body. */
export function callOf(model: ApiModel, operation: Operation, parameters: readonly Parameter[]): string {
  const members = parameters.map(
    (parameter) => [parameter.member, literal(exampleOfParameter(model, parameter), "  ")] as const,
  );
  const body = operation.requestBody && bodyExample(model, operation.requestBody);
  const text = argument(body ? [...members, ["body", body.value]] : members);
  const call = `${exampleClientName(model.document)}${propertyAccess(operation.id)}(${text})`;
  return [...(body?.setup ?? []), ...useOf(operation, call)].join("\n");
}

/** Selects the parameters that an example passes: those that are required or have an example. */
export function parametersInExample({ parameters }: Operation): Parameter[] {
  return parameters.filter(
    ({ in: place, required, example }) => required || place === "path" || example !== undefined,
  );
}

/** Returns the example of a parameter, or else a sample of its schema. */
export function exampleOfParameter(model: ApiModel, { example, schema }: Parameter): unknown {
  return example ?? sampleOf(model, schema);
}

/** Returns the example of a body, or else a sample of its schema. */
export function exampleOfBody(model: ApiModel, { example, schema }: RequestBody): unknown {
  return example ?? sampleOf(model, schema);
}

/** The name of the file in examples of a binary body. */
export function fileName({ mediaType }: RequestBody): string {
  return `file.${extension(mediaType)}`;
}

function useOf(operation: Operation, call: string): string[] {
  if (operation.pagination) return [`for await (const item of ${call}) {`, "  console.log(item);", "}"];
  const hasData = successesOf(operation).some((response) => response.kind !== undefined);
  return hasData ? [`const data = await ${call};`, "console.log(data);"] : [`await ${call};`];
}

function bodyExample(model: ApiModel, body: RequestBody): { setup: string[]; value: string } {
  const example = exampleOfBody(model, body);
  switch (body.kind) {
    case "json":
      return { setup: [], value: literal(example, "  ") };
    case "text":
      return { setup: [], value: JSON.stringify(asText(example)) };
    case "binary":
      return {
        setup: ['import { openAsBlob } from "node:fs";', ""],
        value: `await openAsBlob(${JSON.stringify(fileName(body))})`,
      };
    case "multipart":
    case "urlencoded": {
      if (formFields(model.document, body.schema).length > 0)
        return { setup: [], value: formLiteral(model, body, example) };
      const type = body.kind === "multipart" ? "FormData" : "URLSearchParams";
      const fields = Object.entries(Object(example) as object);
      const set = fields.map(
        ([name, value]) => `form.set(${JSON.stringify(name)}, ${JSON.stringify(asText(value))});`,
      );
      return { setup: [`const form = new ${type}();`, ...set], value: "form" };
    }
  }
}

/** Formats the fields of a form. JSON has no value for a file. */
function formLiteral({ document }: ApiModel, { schema }: RequestBody, example: unknown): string {
  const isBinary = (node: unknown) => deref<{ format?: unknown }>(document, node).format === "binary";
  const members = formFields(document, schema).flatMap(({ name, schema: field, required }) => {
    const { items } = deref<{ items?: unknown }>(document, field);
    const file = 'new Blob(["..."])';
    const value = memberOf(example, name);
    if (isBinary(field)) return [[name, file] as const];
    if (isBinary(items)) return [[name, `[${file}]`] as const];
    return value === undefined && !required ? [] : [[name, literal(value ?? null, "  ")] as const];
  });
  return argument(members) || "{}";
}

/** Formats a value for a form or a text. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Maximum depth of an example that is made from a schema. A recursive schema would have no end. */
const sampleOptions = { maxSampleDepth: 8, skipReadOnly: true, quiet: true };

/** The samples by schema: many bodies refer to the same model. */
const samples = new WeakMap<object, unknown>();

function sampleOf({ document }: ApiModel, schema: Schema | undefined): unknown {
  if (schema === undefined) return null;
  // A keyword beside a `$ref` changes the sample.
  const key = Object.keys(schema).length === 1 ? deref(document, schema) : schema;
  const known = samples.get(key) ?? writeSample(document, schema);
  samples.set(key, known);
  return known;
}

function writeSample(document: OpenAPI3, schema: Schema): unknown {
  const value: unknown = sample(nullLast(schema), sampleOptions, sampleDocumentOf(document));
  // The sampler returns undefined for deeper values.
  const text = JSON.stringify(value, (_, part: unknown) =>
    Array.isArray(part) ? part.filter((item) => item !== undefined) : part,
  );
  return fittingPart(document, schema, JSON.parse(text ?? "null"));
}

const sampleDocuments = new WeakMap<object, object>();

function sampleDocumentOf(document: object): object {
  const known = sampleDocuments.get(document) ?? nullLast(document);
  sampleDocuments.set(document, known);
  return known;
}

/** Copies a schema or a document with `null` as the last alternative: the sampler takes the first one. */
function nullLast(node: object): object {
  const text = JSON.stringify(node);
  // Most documents have no such alternative, and copying one takes long.
  if (!/"(?:one|any)Of":\[\{[^{}]*"type":"null"/.test(text)) return node;
  const copy: unknown = JSON.parse(text, (_, value: unknown) => {
    for (const keyword of ["oneOf", "anyOf"]) {
      const alternatives = memberOf(value, keyword);
      if (Array.isArray(alternatives))
        Object.assign(Object(value) as object, {
          [keyword]: alternatives.toSorted((one, other) => Number(isNull(one)) - Number(isNull(other))),
        });
    }
    return value;
  });
  return Object(copy) as object;
}

const isNull = (schema: unknown) => memberOf(schema, "type") === "null";

function argument(members: readonly (readonly [string, string])[]): string {
  const texts = members.map(([name, value]) => `${propertyName(name)}: ${value}`);
  const line = `{ ${texts.join(", ")} }`;
  if (texts.length === 0) return "";
  return line.length <= 80 && !line.includes("\n")
    ? line
    : `{\n${texts.map((text) => `  ${text},\n`).join("")}}`;
}

/** Returns the file extension of a media type: `application/zip` is `zip` (RFC 6838, section 4.2). */
function extension(mediaType: string): string {
  const subtype = /^[^/]+\/(?:.+\+)?([a-z0-9]+)$/.exec(mediaType)?.[1];
  return subtype ?? "bin";
}
