import type { Operation } from "@isc-customizers/types";
import { ConfigurationError } from "./errors.ts";
import { pathParameterNames } from "./path-parameters.ts";

/** The first argument of a method: path, query and header parameters side by side, and the body. */
export type CallArguments = Readonly<Record<string, unknown>>;

/** The arguments by the place where they are sent. */
export interface PlacedArguments {
  readonly path: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly header: Record<string, string>;
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
  const placed: PlacedArguments = { path: {}, query: {}, header: {}, body: operation.body && args["body"] };
  const pathNames = pathParameterNames(operation.path);
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || (name === "body" && operation.body !== undefined)) continue;
    if (pathNames.includes(name)) placed.path[name] = value;
    else if (operation.query?.includes(name)) placed.query[name] = value;
    else if (operation.header?.includes(name)) placed.header[name] = `${value as string | number | boolean}`;
    else throw new ConfigurationError(`${operationId} has no parameter \`${name}\`.`);
  }
  return placed;
}
