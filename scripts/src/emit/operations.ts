import type { OpenAPI3 } from "openapi-typescript";
import type { Operation as Row } from "../contract/operation.ts";
import { literal } from "../literal.ts";
import type { ApiModel, Operation, Pagination } from "../model.ts";
import { propertyName } from "../names.ts";
import { isNullable } from "../nullable.ts";
import { successesOf } from "../successes.ts";
import { head } from "./head.ts";

/** The run-time operation table: what a client must know of each operation to call it. */
export function emitOperations({ source, document, operations }: ApiModel): string {
  const rows = operations.map(
    (operation) => `  ${propertyName(operation.id)}: ${literal(rowOf(document, operation), "  ")},\n`,
  );
  const ids = operations.map(({ id }) => JSON.stringify(id)).join(" | ") || "never";
  return `${head(source)}\nimport type { Operation } from "./operation.ts";

/** The name of an operation, and of the client's method for it. */
export type OperationId = ${ids};

/** Every operation, by its name. */
export const operationTable: Readonly<Record<OperationId, Operation>> = {
${rows.join("")}};
`;
}

function rowOf(document: OpenAPI3, operation: Operation): Row {
  const { method, path, headers, requestBody, pagination } = operation;
  const query = namesOf(operation, "query");
  const header = namesOf(operation, "header");
  const successes = successesOf(operation);
  const kind = successes.find((response) => response.kind !== undefined)?.kind;
  const nullable = kind === "json" && successes.some(({ schema }) => isNullable(document, schema));
  return {
    method,
    path,
    ...(query.length > 0 && { query }),
    ...(header.length > 0 && { header }),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    }),
    ...(requestBody && { body: { mediaType: requestBody.mediaType, kind: requestBody.kind } }),
    ...(kind && { returns: kind === "json" || kind === "text" ? kind : "binary" }),
    ...(nullable && { nullable }),
    ...(pagination && { pagination: paginationRow(pagination) }),
  };
}

function paginationRow({ offset, limit, defaultLimit, maxLimit }: Pagination): Row["pagination"] & object {
  return { offset, limit, defaultLimit, ...(maxLimit !== undefined && { maxLimit }) };
}

function namesOf(operation: Operation, place: "query" | "header"): string[] {
  return operation.parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
}
