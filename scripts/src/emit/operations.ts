import type { OpenAPI3 } from "../spec/openapi.ts";
import type { BodyKind, Operation as Row, ReturnKind } from "../contract/operation.ts";
import { literal } from "./typescript/literal.ts";
import type {
  ApiModel,
  ConstantHeader,
  Operation,
  Pagination,
  RequestBody,
  Response,
} from "../model/model.ts";
import { propertyName } from "../naming/names.ts";
import { isNullable } from "./typescript/nullable.ts";
import { placesOf } from "./parameter-places.ts";
import { successesOf } from "../model/successes.ts";
import { head } from "./head.ts";

/** Emits the operation table, which a client needs at run time to call an operation. */
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
  const { method, path, headers, requestBody, server, pagination } = operation;
  const { query, header, parameters } = placesOf(document, operation);
  const successes = successesOf(operation);
  const returns = returnsOf(successes);
  const kinds = typeof returns === "object" ? Object.values(returns) : [returns];
  const nullable =
    kinds.includes("json") &&
    successes.some(
      ({ kind, schema }) => (kind === undefined || kind === "json") && isNullable(document, schema),
    );
  const carried = carriedBy(headers, successes);
  return {
    method,
    path,
    ...(query.length > 0 && { query }),
    ...(header.length > 0 && { header }),
    ...(parameters.length > 0 && { parameters: Object.fromEntries(parameters) }),
    ...(carried.length > 0 && { headers: Object.fromEntries(carried) }),
    ...(requestBody && { body: bodyRow(requestBody) }),
    ...(returns && { returns }),
    ...(nullable && { nullable }),
    ...(server && { server }),
    ...(pagination && { pagination: paginationRow(pagination) }),
  };
}

function bodyRow({ mediaType, kind, encoding }: RequestBody): NonNullable<Row["body"]> {
  const hasEncoding = /^(?:multipart|urlencoded)$/.test(kind) && Object.keys(encoding).length > 0;
  return { mediaType, kind, ...(hasEncoding && { encoding }) };
}

/** Emits the kind of the success bodies: one for all, or one for each status. */
function returnsOf(successes: readonly Response[]): Row["returns"] {
  const kinds = successes.flatMap(({ status, kind }) =>
    kind === undefined
      ? []
      : [[status.toUpperCase().replace("DEFAULT", "default"), returnKind(kind)] as const],
  );
  const [first, ...others] = kinds;
  return others.every(([, kind]) => kind === first?.[1]) ? first?.[1] : Object.fromEntries(kinds);
}

function returnKind(kind: BodyKind): ReturnKind {
  return kind === "json" || kind === "text" ? kind : "binary";
}

/** Emits the constant headers, and `Accept` if a success has several media types (RFC 9110, section 12.5.1). */
function carriedBy(headers: readonly ConstantHeader[], successes: readonly Response[]): [string, string][] {
  const accepted = successes.some(({ others }) => others.length > 0)
    ? [...new Set(successes.flatMap(({ mediaType }) => mediaType ?? []))]
    : [];
  return [
    ...headers.map(({ name, value }): [string, string] => [name, value]),
    ...(accepted.length > 0 ? [["Accept", accepted.join(", ")] satisfies [string, string]] : []),
  ];
}

function paginationRow({ offset, limit, defaultLimit, maxLimit }: Pagination): Row["pagination"] & object {
  return { offset, limit, defaultLimit, ...(maxLimit !== undefined && { maxLimit }) };
}
