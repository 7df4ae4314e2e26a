import type { Keywords, OpenAPI3, OperationObject } from "../spec/openapi.ts";
import { deref } from "../spec/reference.ts";
import type { Pagination, Parameter, Response } from "./model.ts";

/** Reads `x-pagination` of an operation. spec/README.md describes the extension. */
export function paginationOf(
  document: OpenAPI3,
  operation: OperationObject,
  parameters: readonly Parameter[],
  responses: readonly Response[],
): Pagination | undefined {
  const extension: unknown = operation["x-pagination"];
  if (!isExtension(extension)) return undefined;
  const query = parameters.filter((parameter) => parameter.in === "query");
  const offset = query.find(({ name }) => name === extension.offset);
  const limit = query.find(({ name }) => name === extension.limit);
  const success = responses.find(({ status }) => status.startsWith("2"));
  const { default: defaultLimit, maximum: maxLimit } = deref<Keywords>(document, limit?.schema ?? {});
  const { items } = deref<Keywords>(document, success?.schema ?? {});
  if (offset === undefined || limit === undefined || typeof defaultLimit !== "number") return undefined;
  if (items === undefined || Array.isArray(items)) return undefined;
  return { offset: offset.member, limit: limit.member, defaultLimit, maxLimit, items };
}

function isExtension(value: unknown): value is { offset: string; limit: string } {
  return typeof value === "object" && value !== null && "offset" in value && "limit" in value;
}
