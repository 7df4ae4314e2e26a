import { ConfigurationError } from "./errors.ts";

const parameter = /\{([^{}]+)\}/g;

/**
 * Fills the braces of a path template. A value stays one segment of the path, whatever it is, so that it can never lead to
 * another resource.
 * @param segments What is written already.
 * @throws ConfigurationError for a value that cannot be a segment.
 */
export function fillPath(
  template: string,
  values: Readonly<Record<string, unknown>>,
  segments: Readonly<Record<string, string>> = {},
): string {
  return template.replace(parameter, (_, name: string) => {
    const text = own(segments, name) ?? segment(name, own(values, name));
    // A dot segment is resolved away even where it is percent-encoded (https://url.spec.whatwg.org/#double-dot-path-segment).
    if (text === "." || text === "..")
      throw new ConfigurationError(`The path parameter \`${name}\` must not be "${text}".`);
    return text;
  });
}

/** The names in the braces of a path template. */
export function pathParameterNames(template: string): string[] {
  // Every call asks: a regular expression would take ten times as long.
  return template
    .split("{")
    .slice(1)
    .map((part) => part.slice(0, part.indexOf("}")));
}

/** A name such as `constructor` is not to find what every object has. */
function own<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function segment(name: string, value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    throw new ConfigurationError(`The path parameter \`${name}\` is missing: it must be a string.`);
  }
  if (value === "") throw new ConfigurationError(`The path parameter \`${name}\` must not be empty.`);
  try {
    return encodeURIComponent(value);
  } catch {
    throw new ConfigurationError(`The path parameter \`${name}\` is not well-formed Unicode.`);
  }
}
