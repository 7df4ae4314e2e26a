import { carriedHeadersOf } from "./carried-headers.ts";
import { curlOf } from "./curl.ts";
import { exampleOfBody } from "../typescript/example.ts";
import { experimentalNotice } from "../../model/experimental.ts";
import type { ApiModel, Operation, Tag } from "../../model/model.ts";
import { unsupportedScheme } from "../../model/find-unsupported.ts";
import { pagingOf } from "./paging.ts";
import { parameterTable } from "./parameters.ts";
import { programsOf } from "./programs.ts";
import { responseExamples, responseTable } from "./responses.ts";
import { typeLink } from "./type-link.ts";
import { dataType } from "../typescript/type-names.ts";
import { createTypeScriptTypes, type TypeScriptTypes } from "../typescript/typescript-types.ts";
import { markdownHead } from "../head.ts";
import { methodTable } from "./index-page.ts";
import { code, codeBlock, jsonBlock } from "./markdown.ts";

/** Links that only a repository with its own pages has. */
export interface RepositoryLinks {
  /** Links to the line of the spec that a JSON pointer leads to. */
  source(pointer: string): string;
  /** Links to the description of `ApiPromise` or `PagePromise`. */
  result(type: string): string;
}

/** Emits the page of a tag, with its operations. */
export function emitTagPage(model: ApiModel, tag: Tag, links?: RepositoryLinks): string {
  const types = createTypeScriptTypes(model);
  const parts = [
    `# ${tag.name}\n`,
    ...(tag.description === "" ? [] : [`${tag.description}\n`]),
    methodTable(tag),
    ...tag.operations.map((operation) => section(types, model, operation, links)),
    "[Index](index.md)\n",
  ];
  return `${markdownHead(model.source)}\n` + parts.join("\n");
}

function section(
  types: TypeScriptTypes,
  model: ApiModel,
  operation: Operation,
  links: RepositoryLinks | undefined,
): string {
  const { id, summary, description, deprecated, experimental, method, path, pointer } = operation;
  const notice = experimental ? `**Experimental.** ${experimentalNotice}` : "";
  const lead = [deprecated ? "**Deprecated.**" : "", summary && `${summary}.`].filter(Boolean).join(" ");
  return [
    `## ${id}\n`,
    ...[notice, lead, description].filter(Boolean).map((text) => `${text}\n`),
    `${code(`${method} ${path}`)}\n`,
    ...baseUrl(model, operation),
    ...(links === undefined ? [] : [`Described in ${links.source(pointer)}.\n`]),
    `### Example\n`,
    ...programsOf(model, operation),
    `### curl\n`,
    codeBlock("sh", curlOf(model, operation)),
    `### Parameters\n`,
    parameterTable(types, operation),
    ...[carriedHeadersOf(operation)].filter(Boolean).map((text) => `${text}\n`),
    `### Request\n`,
    ...request(model, operation),
    `### Return type\n`,
    `${returnType(types, operation, links)}\n`,
    `### Responses\n`,
    responseTable(types, operation),
    ...responseExamples(operation),
    `### Required scopes\n`,
    `${scopes(model, operation)}\n`,
  ].join("\n");
}

/** Describes the content type, the accepted types and the JSON of a request. */
function request(model: ApiModel, { requestBody, responses }: Operation): string[] {
  const produced = new Set(responses.flatMap(({ mediaType }) => mediaType ?? []));
  const accept = `\`Accept\`: \`*/*\`, the default of \`fetch\`. The API answers with ${[...produced].map(code).join(" or ") || "no body"}.\n`;
  if (requestBody === undefined) return ["Content type: none, because no body is sent.\n", accept];
  const others = requestBody.others.map(code).join(", ");
  return [
    `Content type: ${code(requestBody.mediaType)}.${others && ` The API also takes ${others}.`}\n`,
    accept,
    ...(requestBody.kind === "json" ? [jsonBlock(exampleOfBody(model, requestBody))] : []),
  ];
}

function returnType(
  types: TypeScriptTypes,
  operation: Operation,
  links: RepositoryLinks | undefined,
): string {
  const { pagination, pointer } = operation;
  const name = pagination === undefined ? "ApiPromise" : "PagePromise";
  const data =
    pagination === undefined ? dataType(types, operation) : types.typeOf(pagination.items, pointer);
  const model = typeLink(types, data.replace(/ \| null$/, ""));
  const also = model.startsWith("[") ? ` and ${model}` : "";
  const explained = links === undefined ? "" : ` See ${links.result(name)}${also}.`;
  const paging = pagination === undefined ? "" : `. ${pagingOf(pagination)}`;
  return `${code(`${name}<${data}>`)}${paging || (explained && ".")}${explained}`;
}

function baseUrl({ server: common }: ApiModel, { server = common }: Operation): string[] {
  return server === undefined ? [] : [`Base URL: ${code(server.url)}\n`];
}

function scopes({ document }: ApiModel, { scopes: alternatives, unsupportedSchemes }: Operation): string {
  const texts = alternatives.map((all) => all.map(code).join(" and ")).filter(Boolean);
  const others = unsupportedSchemes.map((name) => unsupportedScheme(document, name)).join(", or ");
  const notice = others && ` The API requires ${others}, which the client does not send.`;
  if (alternatives.length === 0) return "None. The API requires no credentials.";
  return (texts.join(", or ") || "None.") + notice;
}
