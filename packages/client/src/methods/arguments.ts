import type { Operation } from "@isc-customizers/types";
import { ConfigurationError } from "../errors/errors.ts";
import { pathParameterNames } from "../openapi/path-parameters.ts";
import { isCallOption } from "./call-options.ts";

/** First argument of a method: the parameters side by side, and the body. */
export type CallArguments = Readonly<Record<string, unknown>>;

/** The place of a parameter in the request, and its name there. */
interface Place {
  readonly in: "path" | "query" | "header" | "cookie";
  readonly name: string;
}

/** Parameters by their place, under their names in the API. */
export type PlacedArguments = Record<Place["in"], Record<string, unknown>>;

/** The places of an operation's parameters, by the names of the arguments. */
export function parameterPlaces({
  path,
  query = [],
  header = [],
  parameters = {},
}: Operation): ReadonlyMap<string, Place> {
  const at = (place: Place["in"]) => (name: string) => [name, { in: place, name }] as const;
  return new Map<string, Place>([
    ...header.map(at("header")),
    ...query.map(at("query")),
    ...pathParameterNames(path).map(at("path")),
    ...Object.entries(parameters),
  ]);
}

/**
 * Places the arguments of a call.
 * @throws ConfigurationError for a name that the operation does not have: a misspelt one would be lost silently.
 */
export function placeArguments(
  operationId: string,
  places: ReadonlyMap<string, Place>,
  args: CallArguments,
): PlacedArguments {
  const placed: PlacedArguments = { path: {}, query: {}, header: {}, cookie: {} };
  for (const [argument, value] of Object.entries(args)) {
    const place = places.get(argument);
    if (place !== undefined) placed[place.in][place.name] = value;
    else if (value !== undefined)
      throw new ConfigurationError(
        `${operationId} has no parameter \`${argument}\`${isCallOption(argument) ? ": it is an option, which goes in the second argument" : ""}.`,
      );
  }
  return placed;
}
