import type { ApiModel, Operation, Parameter } from "../../model/model.ts";
import { asText, exampleOfBody, exampleOfParameter, fileName } from "../typescript/example.ts";

/** Emits a call of the operation with curl. The access token is in the environment variable `TOKEN`. */
export function curlOf(model: ApiModel, operation: Operation): string {
  const { method, headers, requestBody, parameters } = operation;
  const body =
    requestBody && (requestBody.example !== undefined || requestBody.required) ? requestBody : undefined;
  const sent = parameters.filter(
    ({ in: place, required, example }) => required || place === "path" || example !== undefined,
  );
  const lines = [
    `curl --request ${method} ${quoted(urlOf(model, operation, sent))}`,
    '--header "Authorization: Bearer $TOKEN"',
    ...headers.map(({ name, value }) => `--header ${quoted(`${name}: ${value}`)}`),
    ...sent
      .filter(({ in: place }) => place === "header")
      .map(
        (parameter) =>
          `--header ${quoted(`${parameter.name}: ${asText(exampleOfParameter(model, parameter))}`)}`,
      ),
  ];
  if (requestBody?.kind === "binary" || requestBody?.kind === "json" || requestBody?.kind === "text")
    lines.push(`--header ${quoted(`Content-Type: ${requestBody.mediaType}`)}`);
  if (requestBody?.kind === "binary") lines.push(`--data-binary ${quoted(`@${fileName(requestBody)}`)}`);
  else if (body !== undefined) {
    const example = exampleOfBody(model, body);
    if (body.kind === "json" || body.kind === "text")
      lines.push(`--data ${quoted(body.kind === "json" ? JSON.stringify(example) : asText(example))}`);
    else {
      const option = body.kind === "multipart" ? "--form" : "--data-urlencode";
      for (const [name, value] of Object.entries(Object(example) as object))
        for (const item of [value as unknown].flat())
          lines.push(`${option} ${quoted(`${name}=${asText(item)}`)}`);
    }
  }
  return lines.join(" \\\n  ");
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
