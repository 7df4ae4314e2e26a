import type { Operation, PlacedParameter } from "@isc-customizers/types";
import { ConfigurationError } from "./errors.ts";
import { pathParameterNames } from "./path-parameters.ts";
import { queryParts } from "./query-string.ts";

/** The first argument of a method: the parameters side by side, and the body. */
export type CallArguments = Readonly<Record<string, unknown>>;

/** The arguments by the place where they are sent. */
export interface PlacedArguments {
  readonly path: Record<string, unknown>;
  /** What is written of the path already. */
  readonly segments: Record<string, string>;
  /** The parts of the query. */
  readonly query: string[];
  readonly header: Record<string, string>;
  /** The parts of the header `Cookie`. */
  readonly cookie: string[];
  readonly body: unknown;
}

/**
 * Places what is written as is usual, and finds the others.
 * @throws ConfigurationError for a name that the operation does not have: a misspelt one would be lost silently.
 */
export function placeArguments(
  operationId: string,
  operation: Operation,
  args: CallArguments,
): { readonly placed: PlacedArguments; readonly others: readonly (readonly [PlacedParameter, unknown])[] } {
  if (typeof args !== "object" || args === null) {
    throw new ConfigurationError(`${operationId} takes its parameters as one object.`);
  }
  const { query = [], header = [], parameters = {} } = operation;
  const others: (readonly [PlacedParameter, unknown])[] = [];
  const placed: PlacedArguments = {
    path: {},
    segments: {},
    query: [],
    header: {},
    cookie: [],
    body: operation.body && args["body"],
  };
  const pathNames = pathParameterNames(operation.path);
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || (name === "body" && operation.body !== undefined)) continue;
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter !== undefined) others.push([parameter, value]);
    else if (pathNames.includes(name)) placed.path[name] = value;
    else if (query.includes(name)) placed.query.push(...queryParts(name, value));
    else if (header.includes(name)) placed.header[name] = `${value as string | number | boolean}`;
    else throw new ConfigurationError(`${operationId} has no parameter \`${name}\`.`);
  }
  return { placed, others };
}
