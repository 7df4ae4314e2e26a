import { carriedHeadersOf } from "./carried-headers.ts";
import { curlOf } from "./curl.ts";
import { boundsOf, defaultOf } from "./constraints.ts";
import { exampleOf } from "../typescript/example.ts";
import { experimentalNotice } from "../../model/experimental.ts";
import { formFields } from "../../model/form-fields.ts";
import { deref, modelName } from "../../spec/reference.ts";
import { textOf } from "../../spec/text-of.ts";
import type { ApiModel, Documented, Operation, RequestBody, Response, Tag } from "../../model/model.ts";
import { unsupportedScheme } from "../../model/find-unsupported.ts";
import { pagingOf } from "./paging.ts";
import { thrownBy } from "../../model/successes.ts";
import { bodyType, dataType, responseType } from "../typescript/type-names.ts";
import { createTypeScriptTypes, type TypeScriptTypes } from "../typescript/typescript-types.ts";
import { markdownHead } from "../head.ts";
import { methodTable } from "./index-page.ts";
import { anchor, code, table } from "./markdown.ts";

/** Emits the page of a tag, with its operations. */
export function emitTagPage(model: ApiModel, tag: Tag): string {
  const types = createTypeScriptTypes(model);
  const parts = [
    `# ${tag.name}\n`,
    ...(tag.description === "" ? [] : [`${tag.description}\n`]),
    methodTable(tag),
    ...tag.operations.map((operation) => section(types, model, operation)),
    "[Index](index.md)\n",
  ];
  return `${markdownHead(model.source)}\n` + parts.join("\n");
}

function section(types: TypeScriptTypes, model: ApiModel, operation: Operation): string {
  const { id, summary, description, deprecated, experimental, method, path } = operation;
  const notice = experimental ? `**Experimental.** ${experimentalNotice}` : "";
  const lead = [deprecated ? "**Deprecated.**" : "", summary && `${summary}.`].filter(Boolean).join(" ");
  return [
    `## ${id}\n`,
    ...[notice, lead, description].filter(Boolean).map((text) => `${text}\n`),
    `${code(`${method} ${path}`)}\n`,
    ...baseUrl(model, operation),
    `### Parameters\n`,
    parameterTable(types, operation),
    ...[carriedHeadersOf(operation)].filter(Boolean).map((text) => `${text}\n`),
    `### Request content type\n`,
    `${contentType(operation)}\n`,
    `### Return type\n`,
    `${returnType(types, operation)}\n`,
    `### Responses\n`,
    responseTable(types, operation),
    ...responseExamples(operation),
    `### Required scopes\n`,
    `${scopes(model, operation)}\n`,
    `### Example\n`,
    `\`\`\`ts\n${exampleOf(model, operation)}\n\`\`\`\n`,
    `### curl\n`,
    `\`\`\`sh\n${curlOf(model, operation)}\n\`\`\`\n`,
  ].join("\n");
}

function parameterTable(types: TypeScriptTypes, { parameters, requestBody }: Operation): string {
  if (parameters.length === 0 && requestBody === undefined) return "None.\n";
  const rows = parameters.map((parameter) => {
    const bounds = boundsOf(types.document, parameter.schema);
    return [
      code(parameter.member),
      parameter.in,
      code(types.typeOf(parameter.schema, parameter.pointer)),
      parameter.required || parameter.in === "path" ? "yes" : "no",
      defaultOf(types.document, parameter.schema) ?? "",
      [parameter.deprecated ? "**Deprecated.**" : "", parameter.description, bounds && `(${bounds})`]
        .filter(Boolean)
        .join(" "),
    ];
  });
  if (requestBody) {
    const { required, description } = requestBody;
    rows.push([
      code("body"),
      "body",
      bodyTypeCell(types, requestBody),
      required ? "yes" : "no",
      "",
      description,
    ]);
    if (isForm(requestBody)) rows.push(...fieldRows(types, requestBody));
  }
  return table(["Name", "In", "Type", "Required", "Default", "Description"], rows);
}

/** Formats the type of a body. The fields of a form without a name follow in rows of their own. */
function bodyTypeCell(types: TypeScriptTypes, body: RequestBody): string {
  const isNamed = modelName(body.schema) !== undefined;
  const hasFields = isForm(body) && formFields(types.document, body.schema).length > 0;
  if (!hasFields || isNamed) return typeLink(types, bodyType(types, body));
  return `object or ${code(body.kind === "multipart" ? "FormData" : "URLSearchParams")}`;
}

function isForm({ kind }: RequestBody): boolean {
  return kind === "multipart" || kind === "urlencoded";
}

function fieldRows(types: TypeScriptTypes, { schema, pointer }: RequestBody): string[][] {
  return formFields(types.document, schema).map((field) => [
    code(`body.${field.name}`),
    "form",
    typeLink(types, types.typeOf(field.schema, `${pointer}/${field.name}`)),
    field.required ? "yes" : "no",
    defaultOf(types.document, field.schema) ?? "",
    textOf(deref<Documented>(types.document, field.schema).description),
  ]);
}

function contentType({ requestBody }: Operation): string {
  if (requestBody === undefined) return "None: no body is sent.";
  const others = requestBody.others.map(code).join(", ");
  return code(requestBody.mediaType) + (others && `. The API also takes ${others}.`);
}

function returnType(types: TypeScriptTypes, operation: Operation): string {
  if (operation.pagination === undefined) return code(`ApiPromise<${dataType(types, operation)}>`);
  const type = code(`PagePromise<${types.typeOf(operation.pagination.items, operation.pointer)}>`);
  return `${type}. ${pagingOf(operation.pagination)}`;
}

function responseTable(types: TypeScriptTypes, operation: Operation): string {
  return table(
    ["Code", "Description", "Type", "Response headers", "Throws"],
    operation.responses.map((response) => [
      response.status,
      [response.description, ...responseNotices(response)].filter(Boolean).join(" "),
      response.kind === undefined ? "no body" : typeLink(types, responseType(types, response)),
      response.headers.map(({ name, description }) => `${code(name)}: ${description}`).join(" "),
      code(thrownBy(operation, response) ?? ""),
    ]),
  );
}

function baseUrl({ server: common }: ApiModel, { server = common }: Operation): string[] {
  return server === undefined ? [] : [`Base URL: ${code(server.url)}\n`];
}

/** The JSON of the responses that have an example. */
function responseExamples({ responses }: Operation): string[] {
  return responses
    .filter(({ kind, example }) => kind === "json" && example !== undefined)
    .map(
      ({ status, example }) =>
        `<details>\n<summary>JSON of ${status}</summary>\n\n\`\`\`json\n${JSON.stringify(example, undefined, 2)}\n\`\`\`\n\n</details>\n`,
    );
}

function responseNotices({ status, mediaType, others }: Response): string[] {
  return [
    status.startsWith("3") ? "The client does not follow a redirect." : "",
    mediaType === "text/event-stream" ? "The method waits for the end of the event stream." : "",
    others.length > 0 ? `The API also has ${others.map(code).join(", ")}.` : "",
  ];
}

/** Formats a type, with a link if it is a model. */
function typeLink({ modelNames }: TypeScriptTypes, type: string): string {
  const model = type.replace(/\[\]$/, "");
  return modelNames.has(model) ? `[${code(type)}](models.md#${anchor(model)})` : code(type);
}

function scopes({ document }: ApiModel, { scopes: alternatives, unsupportedSchemes }: Operation): string {
  const texts = alternatives.map((all) => all.map(code).join(" and ")).filter(Boolean);
  const others = unsupportedSchemes.map((name) => unsupportedScheme(document, name)).join(", or ");
  const notice = others && ` The API requires ${others}, which the client does not send.`;
  if (alternatives.length === 0) return "None. The API requires no credentials.";
  return (texts.join(", or ") || "None.") + notice;
}
