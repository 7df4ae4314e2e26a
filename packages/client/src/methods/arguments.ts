import type { Operation, PlacedParameter } from "@isc-customizers/types";
import { isCallOption } from "./call-options.ts";
import { ConfigurationError } from "../errors/errors.ts";
import { plainText } from "../openapi/plain-text.ts";
import { queryParts } from "../openapi/query-string.ts";

/** The first argument of a method: the parameters side by side, and the body. */
export type CallArguments = Readonly<Record<string, unknown>>;

/** Where an argument is sent; of a parameter that is not written as is usual there, also how. */
type Place = "path" | "query" | "header" | "body" | PlacedParameter;

/** By the arguments' names. */
export type ArgumentPlaces = ReadonlyMap<string, Place>;

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
  body: unknown;
  /** The parameters that are not written as is usual, and are not yet. */
  readonly others: (readonly [PlacedParameter, unknown])[];
}

export function argumentPlaces(
  { query = [], header = [], parameters = {}, body }: Operation,
  pathNames: readonly string[],
): ArgumentPlaces {
  const places = new Map<string, Place>();
  for (const name of header) places.set(name, "header");
  for (const name of query) places.set(name, "query");
  for (const name of pathNames) places.set(name, "path");
  for (const [name, parameter] of Object.entries(parameters)) places.set(name, parameter);
  if (body) places.set("body", "body");
  return places;
}

/**
 * Places what is written as is usual, and finds the others.
 * @throws ConfigurationError for a name that the operation does not have: a misspelt one would be lost silently.
 */
export function placeArguments(
  operationId: string,
  places: ArgumentPlaces,
  args: CallArguments,
): PlacedArguments {
  const placed: PlacedArguments = {
    path: {},
    segments: {},
    query: [],
    header: {},
    cookie: [],
    body: undefined,
    others: [],
  };
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined) continue;
    const place = places.get(name);
    switch (place) {
      case "path":
        placed.path[name] = value;
        break;
      case "query":
        placed.query.push(...queryParts(name, value));
        break;
      case "header":
        if (value !== null) placed.header[name] = plainText(name, value);
        break;
      case "body":
        placed.body = value;
        break;
      case undefined:
        throw new ConfigurationError(
          `${operationId} has no parameter \`${name}\`${isCallOption(name) ? ": it is an option, which goes in the second argument" : ""}.`,
        );
      default:
        placed.others.push([place, value]);
    }
  }
  return placed;
}
