import type { OpenAPI3 } from "openapi-typescript";
import type { ApiModel, Operation } from "./model.ts";
import { nameRefusals } from "./name-refusals.ts";
import { isIdentifier, parametersName } from "./names.ts";
import { parameterRefusal } from "./parameter-refusal.ts";
import type { Refusal } from "./refusal.ts";
import { successesOf } from "./successes.ts";

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
    ...nameRefusals(model),
    ...model.operations.flatMap((operation) => operationRefusals(model.document, operation)),
  ];
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
    const refusal = parameterRefusal(document, parameter);
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
  if (operation.experimental === undefined) {
    refusals.push({
      pointer: `${pointer}/x-experimental`,
      message: `The \`x-experimental\` of "${id}" is neither true nor false.`,
      remedy: "Write `x-experimental: true`, or leave it out.",
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
