import type { OpenAPI3, PathsObject } from "../../spec/openapi.ts";
import { nameOperations } from "../../naming/name-operations.ts";
import { httpMethods } from "../../spec/http-methods.ts";
import { isObject, memberOf } from "../../spec/json-pointer.ts";
import type { Schema } from "./schema-parts.ts";

/** Gives every operation the name of its method as its `operationId`. */
export function nameMethods(document: OpenAPI3): Map<string, Schema> {
  const operations = Object.entries((document.paths ?? {}) as PathsObject).flatMap(([path, item]) =>
    httpMethods.flatMap((method) => {
      const operation = memberOf(item, method);
      return isObject(operation) ? [{ path, method, operation }] : [];
    }),
  );
  const written = operations.map(({ path, method, operation: { operationId: id } }) => ({
    path,
    method,
    operationId: typeof id === "string" ? id : undefined,
  }));
  return new Map(
    nameOperations(written).map((id, index) => [
      id,
      Object.assign(operations[index]?.operation ?? {}, { operationId: id }),
    ]),
  );
}
