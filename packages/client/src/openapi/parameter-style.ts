import type { ParameterStyle } from "@isc-customizers/types";
import { plainText } from "./plain-text.ts";

/** How the parts of a value are written: as they are in a header, percent-encoded elsewhere. */
export type Encode = (text: string) => string;

/**
 * What a style puts before the first part and between parts, and whether a part has the parameter's name: the operators of
 * RFC 6570, which OpenAPI's styles are (https://spec.openapis.org/oas/v3.1.1#style-values).
 */
const expansions: Readonly<Record<ParameterStyle, Expansion>> = {
  simple: { first: "", between: ",", named: false, list: "," },
  label: { first: ".", between: ".", named: false, list: "," },
  matrix: { first: ";", between: ";", named: true, list: "," },
  form: { first: "", between: "&", named: true, list: "," },
  spaceDelimited: { first: "", between: "&", named: true, list: "%20" },
  pipeDelimited: { first: "", between: "&", named: true, list: "%7C" },
  deepObject: { first: "", between: "&", named: true, list: "," },
};

interface Expansion {
  readonly first: string;
  readonly between: string;
  readonly named: boolean;
  /** Between the parts of a value that is not exploded. */
  readonly list: string;
}

/**
 * The value of a parameter as its style has it, with its name where that is a part of it. `undefined` for an empty list or
 * object, which RFC 6570 leaves out.
 * @throws ConfigurationError for a value that OpenAPI has no way to write.
 */
export function styled(
  name: string,
  value: unknown,
  style: ParameterStyle,
  explode: boolean,
  encode: Encode,
): string | undefined {
  const { first, between, named, list } = expansions[style];
  const text = (part: unknown) => encode(plainText(name, part));
  const label = encodeURIComponent(name);
  const labelled = (part: string) => (style === "matrix" && part === "" ? label : `${label}=${part}`);
  const finish = named ? labelled : (part: string) => part;
  if (typeof value !== "object" || value === null) return first + finish(text(value));
  if (Array.isArray(value)) {
    const items = value.filter(isPresent).map(text);
    if (items.length === 0) return undefined;
    return first + (explode ? items.map(finish).join(between) : finish(items.join(list)));
  }
  const members = Object.entries(value).filter(([, member]) => isPresent(member));
  if (members.length === 0) return undefined;
  if (style === "deepObject")
    return members
      .map(([key, member]) => `${encodeURIComponent(`${name}[${key}]`)}=${text(member)}`)
      .join(between);
  if (explode) return first + members.map(([key, member]) => `${encode(key)}=${text(member)}`).join(between);
  return first + finish(members.flatMap(([key, member]) => [encode(key), text(member)]).join(list));
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
