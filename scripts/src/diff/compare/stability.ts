import type { OpenAPI3 } from "openapi-typescript";
import { memberOf } from "../../spec/json-pointer.ts";
import { httpMethods } from "../../spec/http-methods.ts";

/** Tells whether an operation is experimental. One that was stable before is held to that. */
export function experimentalIn(base: OpenAPI3, head: OpenAPI3): (operationId: string) => boolean {
  const marks = new Map([...marksIn(head), ...marksIn(base)]);
  return (operationId) => marks.get(operationId) === true;
}

function marksIn({ paths = {} }: OpenAPI3): [unknown, boolean][] {
  return Object.values(paths).flatMap((item) =>
    httpMethods
      .map((method) => memberOf(item, method))
      .filter((operation) => operation !== undefined)
      .map((operation): [unknown, boolean] => [
        memberOf(operation, "operationId"),
        memberOf(operation, "x-experimental") === true,
      ]),
  );
}
