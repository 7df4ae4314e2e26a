import { ConfigurationError } from "../errors/errors.ts";
import type { ParameterValues, Serializers } from "./parameter-serializers.ts";

/** Returns the names in the braces of a path template. */
export function pathParameterNames(template: string): string[] {
  return Array.from(template.matchAll(/\{([^{}]+)\}/g), ([, name = ""]) => name);
}

/**
 * Fills the braces of a path template. A value stays one segment of the path, so that it never leads to another resource.
 * @throws ConfigurationError for a value that cannot be a segment.
 */
export function fillPath(template: string, values: ParameterValues, serialize: Serializers["path"]): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    // A name such as `constructor` is a member of every object.
    const text = serialize(name, Object.hasOwn(values, name) ? values[name] : undefined);
    // A dot segment is removed even where it is percent-encoded (https://url.spec.whatwg.org/#double-dot-path-segment).
    if (text === "." || text === "..")
      throw new ConfigurationError(`The path parameter \`${name}\` must not be "${text}".`);
    return text;
  });
}
