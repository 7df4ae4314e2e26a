import { carriedHeadersOf } from "./reference/carried-headers.ts";
import { boundsOf, defaultOf } from "./reference/constraints.ts";
import { docComment } from "./typescript/doc-comment.ts";
import { exampleOf } from "./typescript/example.ts";
import { experimentalNotice } from "../model/experimental.ts";
import type { ApiModel, Operation, Parameter, RequestBody } from "../model/model.ts";
import { propertyName } from "../naming/names.ts";
import { pagingOf } from "./reference/paging.ts";
import { thrownBy } from "../model/successes.ts";
import { bodyType, dataType } from "./typescript/type-names.ts";
import { createTypeScriptTypes, type TypeScriptTypes } from "./typescript/typescript-types.ts";
import { head } from "./head.ts";
import { importOf } from "./typescript/imports.ts";

/** Emits the signatures of the methods. They name models, so they are cheap for the compiler and readable on hover. */
export function emitMethods(model: ApiModel): string {
  const types = createTypeScriptTypes(model);
  const parameters = model.operations.map((operation) => parametersInterface(types, operation));
  const methods = model.operations.map((operation) => method(types, model, operation));
  const body = [
    ...parameters.filter((text) => text !== ""),
    `/** One method for each operation of the API. */\nexport interface Methods {\n${methods.join("\n")}}\n`,
    types.helpers(),
  ]
    .filter(Boolean)
    .join("\n");
  const imports = [
    importOf(["ApiPromise", "BinaryBody", "PagePromise", "RequestOptions"], "./call.ts", body),
    importOf(
      model.models.map(({ name }) => name),
      "./models.ts",
      body,
    ),
    importOf(["components"], "./schema.ts", body),
  ];
  return `${head(model.source)}\n${imports.join("")}\n${body}`;
}

function parametersInterface(types: TypeScriptTypes, operation: Operation): string {
  const { id, parametersName, parameters, requestBody } = operation;
  if (parameters.length === 0 && requestBody === undefined) return "";
  const members = parameters.map((parameter) => parameterMember(types, parameter));
  if (requestBody) members.push(bodyMember(types, requestBody));
  return `/** Parameters of \`${id}\`. */\nexport interface ${parametersName} {\n${members.join("")}}\n`;
}

function parameterMember(types: TypeScriptTypes, parameter: Parameter): string {
  const { member: name, in: place, required, deprecated, description, schema, pointer } = parameter;
  const isRequired = required || place === "path";
  const bounds = boundsOf(types.document, schema);
  const value = defaultOf(types.document, schema);
  const doc = docComment(
    [
      description,
      bounds && `Accepts: ${bounds}.`,
      value && `@default ${value}`,
      deprecated ? "@deprecated" : undefined,
    ],
    "  ",
  );
  return `${doc}  ${member(name, isRequired, types.typeOf(schema, pointer))}`;
}

function bodyMember(types: TypeScriptTypes, body: RequestBody): string {
  const type = indented(bodyType(types, body));
  if (body.required) return `${docComment([body.description, sentAs(body)], "  ")}  body: ${type};\n`;
  const doc = docComment(
    [body.description, sentAs(body), "Leave `body` out to send none; `undefined` is refused."],
    "  ",
  );
  // A body that is `undefined` is more often a mistake, such as a file that was not read, than a wish to send none.
  return `${doc}  body?: ${type};\n`;
}

function sentAs({ mediaType, others }: RequestBody): string {
  const alternatives =
    others.length === 0 ? "" : ` The API also takes ${others.map((other) => `\`${other}\``).join(", ")}.`;
  return `Sent as \`${mediaType}\`.${alternatives}`;
}

/** An optional parameter also takes `undefined`, so that a caller can pass on an optional value of its own. */
function member(name: string, required: boolean, type: string): string {
  return required
    ? `${propertyName(name)}: ${indented(type)};\n`
    : `${propertyName(name)}?: ${indented(type)} | undefined;\n`;
}

function indented(type: string): string {
  return type.replaceAll("\n", "\n  ");
}

function method(types: TypeScriptTypes, model: ApiModel, operation: Operation): string {
  const { id, parametersName, parameters, requestBody, pagination, pointer } = operation;
  const takesNothing = parameters.length === 0 && requestBody === undefined;
  const needed =
    parameters.some(({ in: place, required }) => required || place === "path") ||
    requestBody?.required === true;
  const argument = takesNothing
    ? "parameters?: Record<string, never>"
    : `parameters${needed ? "" : "?"}: ${parametersName}`;
  const result = pagination
    ? `PagePromise<${types.typeOf(pagination.items, pointer)}>`
    : `ApiPromise<${dataType(types, operation)}>`;
  return `${methodDoc(model, operation)}  ${propertyName(id)}(${argument}, options?: RequestOptions): ${result};\n`;
}

function methodDoc(model: ApiModel, operation: Operation): string {
  const { summary, description, method: verb, path, scopes, deprecated, experimental } = operation;
  const needed = scopes.map((all) => all.map((scope) => `\`${scope}\``).join(" and ")).filter(Boolean);
  const scopeText = needed.length === 0 ? "" : `. Scope: ${needed.join(", or ")}`;
  const thrown = operation.responses.flatMap((response) => {
    const error = thrownBy(operation, response);
    return error === undefined ? [] : [`@throws {${error}} ${response.status}: ${response.description}`];
  });
  return docComment(
    [
      summary,
      experimental ? `Experimental. ${experimentalNotice}` : undefined,
      description,
      operation.pagination && pagingOf(operation.pagination),
      `\`${verb} ${path}\`${scopeText}.`,
      carriedHeadersOf(operation),
      // https://tsdoc.org/pages/tags/experimental/
      [...(deprecated ? ["@deprecated"] : []), ...(experimental ? ["@experimental"] : []), ...thrown].join(
        "\n",
      ),
      `@example\n\`\`\`ts\n${exampleOf(model, operation)}\n\`\`\``,
    ],
    "  ",
  );
}
