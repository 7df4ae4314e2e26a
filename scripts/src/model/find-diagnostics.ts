import type { OpenAPI3 } from "../spec/openapi.ts";
import { pathNames } from "./build-parameters.ts";
import { clientNameOf } from "../naming/client-name.ts";
import type { Operation } from "./model.ts";
import { effects, type Diagnostic } from "../spec/diagnostic.ts";
import { parameterDiagnostic } from "./parameter-diagnostic.ts";

/** Returns the operations as they can be called, and the parts of the spec that they lack. */
export function findDiagnostics(
  document: OpenAPI3,
  declared: readonly Operation[],
): { operations: Operation[]; diagnostics: Diagnostic[] } {
  const diagnostics = [...clientNameDiagnostics(document), ...webhookDiagnostics(document)];
  const operations: Operation[] = [];
  for (const operation of declared) {
    const found = [
      ...operationDiagnostics(operation),
      ...bodyDiagnostics(operation),
      ...parameterDiagnostics(document, operation),
      ...extensionDiagnostics(operation),
    ];
    diagnostics.push(...found);
    if (found.length === 0) operations.push(operation);
    else if (found.every(({ effect }) => effect !== effects.operation))
      operations.push(reduced(operation, found));
  }
  return { operations, diagnostics };
}

/** Removes the parts of an operation that cannot be expressed. */
function reduced(operation: Operation, diagnostics: readonly Diagnostic[]): Operation {
  const isLeftOut = (pointer: string, effect: string) =>
    diagnostics.some((diagnostic) => diagnostic.pointer === pointer && diagnostic.effect === effect);
  const { requestBody } = operation;
  return {
    ...operation,
    parameters: operation.parameters.filter(({ pointer }) => !isLeftOut(pointer, effects.parameter)),
    requestBody: requestBody && isLeftOut(requestBody.pointer, effects.body) ? undefined : requestBody,
  };
}

function clientNameDiagnostics(document: OpenAPI3): Diagnostic[] {
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

function webhookDiagnostics(document: OpenAPI3): Diagnostic[] {
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

function operationDiagnostics({ method, path, pointer }: Operation): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const names = pathNames(path);
  if (new Set(names).size < names.length || /[?#]/.test(path) || !path.startsWith("/")) {
    diagnostics.push({
      pointer,
      message: `The path ${path} names a parameter twice, has a query or a fragment, or does not begin with a slash.`,
      effect: effects.operation,
      remedy: "Name each parameter of a path once, and describe a query by parameters.",
    });
  }
  if (method === "TRACE") {
    diagnostics.push({
      pointer,
      message: "No `fetch` sends TRACE.",
      effect: effects.operation,
      remedy: "Leave the operation out (https://fetch.spec.whatwg.org/#forbidden-method).",
    });
  }
  return diagnostics;
}

function bodyDiagnostics({ id, method, requestBody }: Operation): Diagnostic[] {
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

function parameterDiagnostics(document: OpenAPI3, { parameters }: Operation): Diagnostic[] {
  return parameters.flatMap((parameter) => {
    const found = parameterDiagnostic(document, parameter);
    const effect = parameter.required || parameter.in === "path" ? effects.operation : effects.parameter;
    return found === undefined ? [] : [{ pointer: parameter.pointer, effect, ...found }];
  });
}

function extensionDiagnostics({ id, experimental, paginated, pagination, pointer }: Operation): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (experimental === undefined) {
    diagnostics.push({
      pointer: `${pointer}/x-experimental`,
      message: `The \`x-experimental\` of "${id}" is neither true nor false.`,
      effect: "It is treated as `false`.",
      remedy: "Write `x-experimental: true`, or leave it out.",
    });
  }
  if (paginated && pagination === undefined) {
    diagnostics.push({
      pointer: `${pointer}/x-pagination`,
      message: `The pagination of "${id}" cannot be followed.`,
      effect: "The method returns a single page.",
      remedy:
        "Name two query parameters as `offset` and `limit`, give the limit a default, and answer with an array.",
    });
  }
  return diagnostics;
}
