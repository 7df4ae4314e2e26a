import type { OpenAPI3 } from "../spec/openapi.ts";
import { pathNames } from "./build-parameters.ts";
import { clientNameOf } from "../naming/client-name.ts";
import type { Operation } from "./model.ts";
import { effects, type Omission } from "../spec/omission.ts";
import { parameterOmission } from "./parameter-omission.ts";

/** Returns the operations as they can be called, and the parts of the spec that they lack. */
export function findOmissions(
  document: OpenAPI3,
  declared: readonly Operation[],
): { operations: Operation[]; omissions: Omission[] } {
  const omissions = [...clientNameOmissions(document), ...webhookOmissions(document)];
  const operations: Operation[] = [];
  for (const operation of declared) {
    const found = [
      ...operationOmissions(operation),
      ...bodyOmissions(operation),
      ...parameterOmissions(document, operation),
      ...extensionOmissions(operation),
    ];
    omissions.push(...found);
    if (found.length === 0) operations.push(operation);
    else if (found.every(({ effect }) => effect !== effects.operation))
      operations.push(reduced(operation, found));
  }
  return { operations, omissions };
}

/** Removes the parts of an operation that cannot be expressed. */
function reduced(operation: Operation, omissions: readonly Omission[]): Operation {
  const isLeftOut = (pointer: string, effect: string) =>
    omissions.some((omission) => omission.pointer === pointer && omission.effect === effect);
  const { requestBody } = operation;
  return {
    ...operation,
    parameters: operation.parameters.filter(({ pointer }) => !isLeftOut(pointer, effects.parameter)),
    requestBody: requestBody && isLeftOut(requestBody.pointer, effects.body) ? undefined : requestBody,
  };
}

function clientNameOmissions(document: OpenAPI3): Omission[] {
  if (clientNameOf(document) !== undefined) return [];
  return [
    {
      pointer: "#/info/x-client-name",
      message: "The `x-client-name` cannot be used in examples.",
      effect: "Examples use the name `client`.",
      remedy:
        "Write the name of a variable. It must not be a reserved word, nor `data`, `form`, `item` or `openAsBlob`, which examples declare.",
    },
  ];
}

function webhookOmissions(document: OpenAPI3): Omission[] {
  const count = Object.keys(document.webhooks ?? {}).length;
  if (count === 0) return [];
  return [
    {
      pointer: "#/webhooks",
      message: `The spec has ${count === 1 ? "a webhook" : `${count} webhooks`}.`,
      effect: "Webhooks get no methods. `schema.ts` has their types.",
      remedy: "Nothing needs to be done.",
      harmless: true,
    },
  ];
}

function operationOmissions({ method, path, pointer }: Operation): Omission[] {
  const omissions: Omission[] = [];
  const names = pathNames(path);
  if (new Set(names).size < names.length || /[?#]/.test(path) || !path.startsWith("/")) {
    omissions.push({
      pointer,
      message: `The path ${path} names a parameter twice, has a query or a fragment, or does not begin with a slash.`,
      effect: effects.operation,
      remedy: "Name each parameter of a path once, and describe a query by parameters.",
    });
  }
  if (method === "TRACE") {
    omissions.push({
      pointer,
      message: "No `fetch` sends TRACE.",
      effect: effects.operation,
      remedy: "Leave the operation out (https://fetch.spec.whatwg.org/#forbidden-method).",
    });
  }
  return omissions;
}

function bodyOmissions({ id, method, requestBody }: Operation): Omission[] {
  if (requestBody === undefined || (method !== "GET" && method !== "HEAD")) return [];
  return [
    {
      pointer: requestBody.pointer,
      message: `No \`fetch\` sends the body of a ${method}, which "${id}" has.`,
      effect: requestBody.required ? effects.operation : effects.body,
      remedy: "Describe it by parameters, or use another method (RFC 9110, section 9.3.1).",
    },
  ];
}

function parameterOmissions(document: OpenAPI3, { parameters }: Operation): Omission[] {
  return parameters.flatMap((parameter) => {
    const found = parameterOmission(document, parameter);
    const effect = parameter.required || parameter.in === "path" ? effects.operation : effects.parameter;
    return found === undefined ? [] : [{ pointer: parameter.pointer, effect, ...found }];
  });
}

function extensionOmissions({ id, experimental, paginated, pagination, pointer }: Operation): Omission[] {
  const omissions: Omission[] = [];
  if (experimental === undefined) {
    omissions.push({
      pointer: `${pointer}/x-experimental`,
      message: `The \`x-experimental\` of "${id}" is neither true nor false.`,
      effect: "It is treated as `false`.",
      remedy: "Write `x-experimental: true`, or leave it out.",
    });
  }
  if (paginated && pagination === undefined) {
    omissions.push({
      pointer: `${pointer}/x-pagination`,
      message: `The pagination of "${id}" cannot be followed.`,
      effect: "The method returns a single page.",
      remedy:
        "Name two query parameters as `offset` and `limit`, give the limit a default, and answer with an array.",
    });
  }
  return omissions;
}
