import type { Operation } from "@isc-customizers/types";
import { ConfigurationError } from "../errors/errors.ts";
import { pathParameterNames } from "../openapi/path-parameters.ts";
import { isCallOption } from "./call-options.ts";

/** First argument of a method: the parameters side by side, and the body. */
export type CallArguments = Readonly<Record<string, unknown>>;

/** The location of a parameter in the request, and its name there. */
interface ParameterLocation {
  readonly in: "path" | "query" | "header" | "cookie";
  readonly name: string;
}

/** Parameters by their location and their names in the API. */
export type ParametersByLocation = Record<ParameterLocation["in"], Record<string, unknown>>;

/** Returns the locations of an operation's parameters, by the names of the arguments. */
export function parameterLocations({
  path,
  query = [],
  header = [],
  parameters = {},
}: Operation): ReadonlyMap<string, ParameterLocation> {
  const at = (location: ParameterLocation["in"]) => (name: string) => [name, { in: location, name }] as const;
  return new Map<string, ParameterLocation>([
    ...header.map(at("header")),
    ...query.map(at("query")),
    ...pathParameterNames(path).map(at("path")),
    ...Object.entries(parameters),
  ]);
}

/**
 * Sorts the arguments of a call by their location.
 * @throws ConfigurationError for a name that the operation does not have. Otherwise a misspelt argument would be ignored.
 */
export function sortArguments(
  operationId: string,
  locations: ReadonlyMap<string, ParameterLocation>,
  args: CallArguments,
): ParametersByLocation {
  const sorted: ParametersByLocation = { path: {}, query: {}, header: {}, cookie: {} };
  for (const [argument, value] of Object.entries(args)) {
    const location = locations.get(argument);
    if (location !== undefined) sorted[location.in][location.name] = value;
    else if (value !== undefined)
      throw new ConfigurationError(
        `${operationId} has no parameter \`${argument}\`${isCallOption(argument) ? ": it is an option, which goes in the second argument" : ""}.`,
      );
  }
  return sorted;
}
