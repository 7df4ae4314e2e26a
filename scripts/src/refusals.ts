import type { OpenAPI3 } from "openapi-typescript";
import { contractNames } from "./contract.ts";
import type { ApiModel, Operation, Parameter } from "./model.ts";
import { isIdentifier, parametersName } from "./names.ts";
import { compositeKinds, hasCompositeItems } from "./schema-kinds.ts";
import { successesOf } from "./successes.ts";

/** Something that the spec holds and a layer cannot express. */
export interface Refusal {
  readonly pointer: string;
  readonly message: string;
  readonly remedy: string;
}

/** Names that the generated modules export besides those of the contract, or use. */
const takenModelNames = new Set(
  contractNames.concat(
    ["paths", "webhooks", "components", "operations", "$defs", "Methods", "OperationId", "operationTable"],
    ["ServerVariables", "server", "specVersion", "WithRequired"],
    ["Array", "Promise", "Record", "Omit", "Blob", "FormData", "URLSearchParams"],
  ),
);
const takenMethodNames = new Set([
  "raw",
  "then",
  "constructor",
  "__proto__",
  "toString",
  "toJSON",
  "valueOf",
]);

/** Everything that the layers cannot express. Nothing is left out of them silently. */
export function findRefusals(model: ApiModel): Refusal[] {
  return [
    ...modelNames(model),
    ...model.operations.flatMap((operation) => operationRefusals(model.document, operation)),
  ];
}

function modelNames({ models, operations }: ApiModel): Refusal[] {
  const remedy = "Rename the schema.";
  const refusals: Refusal[] = [];
  for (const { name, pointer } of models) {
    if (!isIdentifier(name))
      refusals.push({ pointer, message: `The schema "${name}" cannot name a TypeScript type.`, remedy });
    if (takenModelNames.has(name))
      refusals.push({ pointer, message: `The name "${name}" is taken by the generated code.`, remedy });
  }
  const names = new Map(models.map(({ name, pointer }) => [name, pointer]));
  for (const { id, pointer } of operations.filter((operation) => operation.id !== "")) {
    const name = parametersName(id);
    const other = names.get(name);
    if (other !== undefined) {
      refusals.push({
        pointer: `${pointer}/operationId`,
        message: `The operation "${id}" needs the type name ${name}, which ${other} has already.`,
        remedy: "Rename one of them.",
      });
    }
    names.set(name, pointer);
  }
  return refusals;
}

function operationRefusals(document: OpenAPI3, operation: Operation): Refusal[] {
  const refusals: Refusal[] = [];
  const { id, pointer } = operation;
  if (id === "") {
    refusals.push({
      pointer,
      message: `${operation.method} ${operation.path} has no operationId.`,
      remedy: "Add one: the client's method is named after it.",
    });
  }
  if (id !== "" && !isIdentifier(parametersName(id))) {
    refusals.push({
      pointer: `${pointer}/operationId`,
      message: `The operationId "${id}" cannot name a TypeScript type, as ${parametersName(id)} would.`,
      remedy: "Let it begin with a letter.",
    });
  }
  if (takenMethodNames.has(id)) {
    refusals.push({
      pointer: `${pointer}/operationId`,
      message: `A method cannot be called "${id}": the client has a member of that name.`,
      remedy: "Give the operation another operationId.",
    });
  }
  const names = Array.from(operation.path.matchAll(/\{([^{}]+)\}/g), ([, name]) => name);
  if (new Set(names).size < names.length || /[?#]/.test(operation.path)) {
    refusals.push({
      pointer,
      message: `The path ${operation.path} names a parameter twice, or has a query or a fragment.`,
      remedy: "Name each parameter of a path once, and describe a query by parameters.",
    });
  }
  if (operation.hasServers) {
    refusals.push({
      pointer,
      message: `The operation "${id}" has servers of its own.`,
      remedy: "Describe it in a document of its own: a client calls one server.",
    });
  }
  const seen = new Set(operation.requestBody && ["body"]);
  for (const parameter of operation.parameters) {
    const at = parameter.pointer;
    if (seen.has(parameter.name)) {
      refusals.push({
        pointer: at,
        message: `The argument of "${id}" already has a member "${parameter.name}".`,
        remedy: "Rename the parameter: path, query and header parameters stand side by side with the body.",
      });
    }
    seen.add(parameter.name);
    const refusal = unserializable(document, parameter);
    if (refusal !== undefined) refusals.push({ pointer: at, ...refusal });
  }
  const kinds = new Set(successesOf(operation).flatMap(({ kind }) => kind ?? []));
  if (kinds.size > 1) {
    refusals.push({
      pointer: `${pointer}/responses`,
      message: `The successes of "${id}" have bodies of different kinds: ${[...kinds].join(", ")}.`,
      remedy: "Let them have one kind of body, or make operations of them.",
    });
  }
  if (operation.paginated && operation.pagination === undefined) {
    refusals.push({
      pointer: `${pointer}/x-pagination`,
      message: `The pagination of "${id}" cannot be followed.`,
      remedy:
        "Name two query parameters as `offset` and `limit`, give the limit a default, and answer with an array.",
    });
  }
  return refusals;
}

/** Only the default serialization of OpenAPI is written: `simple` in the path and headers, `form` in the query. */
function unserializable(document: OpenAPI3, parameter: Parameter): Omit<Refusal, "pointer"> | undefined {
  const { name, style, explode } = parameter;
  if (parameter.in === "cookie") {
    return {
      message: `The cookie parameter "${name}" cannot be sent.`,
      remedy: "Describe it as a security scheme, or leave it out.",
    };
  }
  if (parameter.hasContent) {
    return {
      message: `The parameter "${name}" has a \`content\`.`,
      remedy: "Describe the parameter by a `schema`.",
    };
  }
  if (parameter.in === "path" && !parameter.required) {
    return {
      message: `The path parameter "${name}" is not marked as required.`,
      remedy: "Write `required: true`: there is no path without it.",
    };
  }
  if (parameter.allowReserved) {
    return {
      message: `The parameter "${name}" has \`allowReserved\`.`,
      remedy: "Leave it out: every reserved character is percent-encoded.",
    };
  }
  const kinds = compositeKinds(document, parameter.schema);
  const isArray = kinds.has("array");
  const isObject = kinds.has("object");
  if (parameter.in !== "query" && (isArray || isObject)) {
    return {
      message: `The ${parameter.in} parameter "${name}" is no plain value.`,
      remedy: "Describe it as a string, number or boolean.",
    };
  }
  if ((isArray && isObject) || hasCompositeItems(document, parameter.schema)) {
    return {
      message: `The parameter "${name}" is a list of what is no plain value, or may be a list and an object.`,
      remedy: "Describe it as plain values, a list of them, or an object.",
    };
  }
  const expected = parameter.in !== "query" ? "simple" : isObject ? "deepObject" : "form";
  if (style !== expected || (isArray && !explode)) {
    return {
      message: `The parameter "${name}" has the style "${style}"${explode ? "" : " without `explode`"}.`,
      remedy: `Use the style "${expected}"${isArray ? " with `explode`" : ""}.`,
    };
  }
  return undefined;
}
