import type { ParameterStyle } from "@isc-customizers/types";
import { ConfigurationError } from "../errors/errors.ts";

/** Encodes a part of a value. It changes nothing in a header, and percent-encodes elsewhere. */
export type Encode = (text: string) => string;

/** The punctuation of a style, as an operator of RFC 6570 defines it (https://spec.openapis.org/oas/v3.1.1#style-values). */
interface Expansion {
  /** Stands before the first part. */
  readonly prefix: string;
  /** Stands between exploded parts. */
  readonly separator: string;
  /** Each part begins with the parameter's name. */
  readonly isNamed: boolean;
  /** Stands between the parts of a value that is not exploded. */
  readonly delimiter: string;
}

const expansions: Readonly<Record<ParameterStyle, Expansion>> = {
  simple: { prefix: "", separator: ",", isNamed: false, delimiter: "," },
  label: { prefix: ".", separator: ".", isNamed: false, delimiter: "," },
  matrix: { prefix: ";", separator: ";", isNamed: true, delimiter: "," },
  form: { prefix: "", separator: "&", isNamed: true, delimiter: "," },
  spaceDelimited: { prefix: "", separator: "&", isNamed: true, delimiter: "%20" },
  pipeDelimited: { prefix: "", separator: "&", isNamed: true, delimiter: "%7C" },
  deepObject: { prefix: "", separator: "&", isNamed: true, delimiter: "," },
};

/**
 * Serializes a parameter in a style. Returns `undefined` for an empty list or object, which RFC 6570 leaves out.
 *
 * | style            | exploded | list         | object                    |
 * | ---------------- | -------- | ------------ | ------------------------- |
 * | `form`           | yes      | `id=1&id=2`  | `a=1&b=2`                 |
 * | `form`           | no       | `id=1,2`     | `id=a,1,b,2`              |
 * | `spaceDelimited` | no       | `id=1%202`   | `id=a%201%20b%202`        |
 * | `pipeDelimited`  | no       | `id=1%7C2`   | `id=a%7C1%7Cb%7C2`        |
 * | `deepObject`     | yes      |              | `id%5Ba%5D=1&id%5Bb%5D=2` |
 * | `simple`         | no       | `1,2`        | `a,1,b,2`                 |
 * | `label`          | yes      | `.1.2`       | `.a=1.b=2`                |
 * | `matrix`         | yes      | `;id=1;id=2` | `;a=1;b=2`                |
 *
 * @throws ConfigurationError for a value that OpenAPI has no way to write.
 */
export function serializeInStyle(
  name: string,
  value: unknown,
  style: ParameterStyle,
  explode: boolean,
  encode: Encode,
): string | undefined {
  const { prefix, separator, isNamed, delimiter } = expansions[style];
  const text = (part: unknown) => encode(serializePrimitive(name, part));
  const label = encodeURIComponent(name);
  const labelled = (part: string) => (style === "matrix" && part === "" ? label : `${label}=${part}`);
  const finish = isNamed ? labelled : (part: string) => part;
  if (typeof value !== "object" || value === null) return prefix + finish(text(value));
  if (Array.isArray(value)) {
    const items = value.filter(isPresent).map(text);
    if (items.length === 0) return undefined;
    return prefix + (explode ? items.map(finish).join(separator) : finish(items.join(delimiter)));
  }
  const members = Object.entries(value).filter(([, member]) => isPresent(member));
  if (members.length === 0) return undefined;
  if (style === "deepObject")
    return members
      .map(([key, member]) => `${encodeURIComponent(`${name}[${key}]`)}=${text(member)}`)
      .join(separator);
  if (explode)
    return prefix + members.map(([key, member]) => `${encode(key)}=${text(member)}`).join(separator);
  return prefix + finish(members.flatMap(([key, member]) => [encode(key), text(member)]).join(delimiter));
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** @throws ConfigurationError for a list or an object, which OpenAPI has no way to write within another. */
function serializePrimitive(name: string, value: unknown): string {
  if (typeof value !== "object" && typeof value !== "function") return `${value as string}`;
  throw new ConfigurationError(
    `The parameter \`${name}\` is nested too deeply: OpenAPI has no way to write a list or an object within one.`,
  );
}
