import type { Operation, PlacedParameter } from "@isc-customizers/types";
import { ConfigurationError } from "./errors.ts";
import { styled } from "./parameter-style.ts";

const parameter = /\{([^{}]+)\}/g;

/**
 * Fills the braces of a path template. A value stays one segment of the path, whatever it is, so that it can never lead to
 * another resource.
 * @param parameters Those of the operation that are not written as is usual.
 * @throws ConfigurationError for a value that cannot be a segment.
 */
export function fillPath(
  template: string,
  values: Readonly<Record<string, unknown>>,
  parameters: Operation["parameters"] = {},
): string {
  const unusual = Object.values(parameters).filter((placed) => placed.in === "path");
  return template.replace(parameter, (_, name: string) =>
    segment(
      name,
      values[name],
      unusual.find((placed) => placed.name === name),
    ),
  );
}

/** The names in the braces of a path template. */
export function pathParameterNames(template: string): string[] {
  // Every call asks: a regular expression would take ten times as long.
  return template
    .split("{")
    .slice(1)
    .map((part) => part.slice(0, part.indexOf("}")));
}

function segment(name: string, value: unknown, placed: PlacedParameter | undefined): string {
  try {
    const text = placed === undefined ? plain(name, value) : written(name, value, placed);
    // A dot segment is resolved away even where it is percent-encoded (https://url.spec.whatwg.org/#double-dot-path-segment).
    if (text === "." || text === "..")
      throw new ConfigurationError(`The path parameter \`${name}\` must not be "${text}".`);
    return text;
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(`The path parameter \`${name}\` is not well-formed Unicode.`);
  }
}

function plain(name: string, value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    throw new ConfigurationError(`The path parameter \`${name}\` is missing: it must be a string.`);
  }
  if (value === "") throw new ConfigurationError(`The path parameter \`${name}\` must not be empty.`);
  return encodeURIComponent(value);
}

function written(name: string, value: unknown, { style, explode = false }: PlacedParameter): string {
  if (value === undefined || value === null)
    throw new ConfigurationError(`The path parameter \`${name}\` is missing.`);
  const text =
    style === undefined
      ? encodeURIComponent(JSON.stringify(value))
      : styled(name, value, style, explode, encodeURIComponent);
  if (text === undefined || text === "" || value === "")
    throw new ConfigurationError(`The path parameter \`${name}\` must not be empty.`);
  return text;
}
