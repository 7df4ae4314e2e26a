import { ConfigurationError } from "../errors/errors.ts";

/** A path template, taken apart: its texts and the names in its braces take turns, and it begins and ends with a text. */
export type PathTemplate = readonly string[];

export function pathTemplate(template: string): PathTemplate {
  return template.split(/\{([^{}]+)\}/);
}

export function pathParameterNames(template: PathTemplate): string[] {
  return template.filter((_, index) => isName(index));
}

/**
 * Fills the braces of a path template. A value stays one segment of the path, whatever it is, so that it can never lead to
 * another resource.
 * @param segments What is written already.
 * @throws ConfigurationError for a value that cannot be a segment.
 */
export function fillPath(
  template: PathTemplate,
  values: Readonly<Record<string, unknown>>,
  segments: Readonly<Record<string, string>> = {},
): string {
  return template
    .map((part, index) =>
      isName(index) ? notDots(part, own(segments, part) ?? segment(part, own(values, part))) : part,
    )
    .join("");
}

function isName(index: number): boolean {
  return index % 2 === 1;
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

/** A dot segment is resolved away even where it is percent-encoded (https://url.spec.whatwg.org/#double-dot-path-segment). */
function notDots(name: string, text: string): string {
  if (text === "." || text === "..")
    throw new ConfigurationError(`The path parameter \`${name}\` must not be "${text}".`);
  return text;
}
