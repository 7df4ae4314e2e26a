import type { ApiModel, Operation, Parameter, RequestBody } from "../../model/model.ts";
import {
  asText,
  exampleOfBody,
  exampleOfParameter,
  fileName,
  parametersInExample,
} from "../typescript/example.ts";

/** Emits a call of the operation with curl. The access token is in the environment variable `TOKEN`. */
export function curlOf(model: ApiModel, operation: Operation): string {
  const { method, headers, requestBody } = operation;
  const sent = parametersInExample(operation);
  const valueOf = (parameter: Parameter) => asText(exampleOfParameter(model, parameter));
  return [
    `curl --request ${method} ${quoted(urlOf(model, operation, sent))}`,
    '--header "Authorization: Bearer $TOKEN"',
    ...headers.map(({ name, value }) => `--header ${quoted(`${name}: ${value}`)}`),
    ...sent
      .filter(({ in: place }) => place === "header")
      .map((parameter) => `--header ${quoted(`${parameter.name}: ${valueOf(parameter)}`)}`),
    ...(requestBody === undefined ? [] : bodyOptions(model, requestBody)),
  ].join(" \\\n  ");
}

function bodyOptions(model: ApiModel, body: RequestBody): string[] {
  const example = exampleOfBody(model, body);
  const type = `--header ${quoted(`Content-Type: ${body.mediaType}`)}`;
  switch (body.kind) {
    case "binary":
      return [type, `--data-binary ${quoted(`@${fileName(body)}`)}`];
    case "json":
      return [type, `--data ${quoted(JSON.stringify(example))}`];
    case "text":
      return [type, `--data ${quoted(asText(example))}`];
    case "multipart":
      return fieldOptions("--form", example);
    case "urlencoded":
      return fieldOptions("--data-urlencode", example);
  }
}

/** Emits an option for each field of a form, and for each item of a list. */
function fieldOptions(option: string, example: unknown): string[] {
  const fields: [string, unknown][] = Object.entries(Object(example) as object);
  return fields.flatMap(([name, value]) =>
    [value].flat().map((item) => `${option} ${quoted(`${name}=${asText(item)}`)}`),
  );
}

function urlOf(
  model: ApiModel,
  { path, server = model.server }: Operation,
  sent: readonly Parameter[],
): string {
  const values = Object.entries(server?.variables ?? {}).map(
    ([name, variable]) => [name, variable.default] as const,
  );
  const base = values.reduce((url, [name, value]) => url.replace(`{${name}}`, value), server?.url ?? "");
  const encoded = (parameter: Parameter) => encodeURIComponent(asText(exampleOfParameter(model, parameter)));
  const filled = sent
    .filter(({ in: place }) => place === "path")
    .reduce((url, parameter) => url.replace(`{${parameter.name}}`, encoded(parameter)), path);
  const query = sent
    .filter(({ in: place }) => place === "query")
    .map((parameter) => `${encodeURIComponent(parameter.name)}=${encoded(parameter)}`);
  return base + filled + (query.length > 0 ? `?${query.join("&")}` : "");
}

/** Quotes an argument for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
