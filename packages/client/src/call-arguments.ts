import type { Operation, PlacedParameter } from "@isc-customizers/types";
import { ConfigurationError } from "./errors.ts";
import { styled } from "./parameter-style.ts";
import { pathParameterNames } from "./path-parameters.ts";
import { queryPart, type QueryStyle } from "./query-string.ts";

/** The first argument of a method: the parameters side by side, and the body. */
export type CallArguments = Readonly<Record<string, unknown>>;

/** The arguments by the place where they are sent. */
export interface PlacedArguments {
  readonly path: Record<string, unknown>;
  /** The parts of the query. */
  readonly query: string[];
  readonly header: Record<string, string>;
  /** The parts of the header `Cookie`. */
  readonly cookie: string[];
  readonly body: unknown;
}

/** @throws ConfigurationError for a name that the operation does not have: a misspelt one would be lost silently. */
export function placeArguments(
  operationId: string,
  operation: Operation,
  args: CallArguments,
): PlacedArguments {
  if (typeof args !== "object" || args === null) {
    throw new ConfigurationError(`${operationId} takes its parameters as one object.`);
  }
  const { query = [], header = [], parameters = {} } = operation;
  const placed: PlacedArguments = {
    path: {},
    query: [],
    header: {},
    cookie: [],
    body: operation.body && args["body"],
  };
  const pathNames = pathParameterNames(operation.path);
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || (name === "body" && operation.body !== undefined)) continue;
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter !== undefined) place(placed, parameter, value);
    else if (pathNames.includes(name)) placed.path[name] = value;
    else if (query.includes(name)) addQuery(placed, name, value);
    else if (header.includes(name)) placed.header[name] = `${value as string | number | boolean}`;
    else throw new ConfigurationError(`${operationId} has no parameter \`${name}\`.`);
  }
  return placed;
}

function addQuery(placed: PlacedArguments, name: string, value: unknown, style?: QueryStyle): void {
  const part = queryPart(name, value, style);
  if (part !== undefined) placed.query.push(part);
}

/** Puts a parameter that is not written as is usual in its place. */
function place(placed: PlacedArguments, parameter: PlacedParameter, value: unknown): void {
  const { name, style, explode = false } = parameter;
  if (parameter.in === "path") placed.path[name] = value;
  if (value === null) return;
  switch (parameter.in) {
    case "path":
      return;
    case "query":
      addQuery(placed, name, value, parameter);
      return;
    case "header": {
      const text = style === undefined ? JSON.stringify(value) : styled(name, value, style, explode, String);
      if (text !== undefined) placed.header[name] = text;
      return;
    }
    case "cookie": {
      const part = queryPart(name, value, parameter);
      // A cookie ends with a semicolon (RFC 6265, section 4.2.1), whatever the style says.
      if (part !== undefined) placed.cookie.push(part.replaceAll("&", "; "));
    }
  }
}
