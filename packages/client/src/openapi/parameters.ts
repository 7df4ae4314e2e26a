import type { PlacedParameter } from "@isc-customizers/types";
import type { PlacedArguments } from "../methods/arguments.ts";
import { ConfigurationError } from "../errors/errors.ts";
import { type Encode, styled } from "./parameter-style.ts";

/*
 * The parameters that are not written as is usual. Most operations have none: the client imports this when a call has one.
 */

/** Writes a parameter, and puts it in its place. Nothing in place of a value leaves it out, but for one of the path. */
export function placeParameter(placed: PlacedArguments, parameter: PlacedParameter, value: unknown): void {
  try {
    place(placed, parameter, value);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new ConfigurationError(`The parameter \`${parameter.name}\` is not well-formed Unicode.`);
  }
}

function place(placed: PlacedArguments, parameter: PlacedParameter, value: unknown): void {
  const { name } = parameter;
  if (parameter.in === "path") {
    placed.segments[name] = segment(parameter, value);
    return;
  }
  if (value === null) return;
  const text = parameter.in === "header" ? headerValue(parameter, value) : queryPart(parameter, value);
  if (text === undefined) return;
  switch (parameter.in) {
    case "query":
      placed.query.push(text);
      return;
    case "header":
      placed.header[name] = text;
      return;
    case "cookie":
      // A cookie ends with a semicolon (RFC 6265, section 4.2.1), whatever the style says.
      placed.cookie.push(text.replaceAll("&", "; "));
  }
}

function segment({ name, style, explode = false }: PlacedParameter, value: unknown): string {
  if (value === null) throw new ConfigurationError(`The path parameter \`${name}\` is missing.`);
  const text =
    style === undefined
      ? encodeURIComponent(JSON.stringify(value))
      : styled(name, value, style, explode, encodeURIComponent);
  if (text === undefined || text === "" || value === "")
    throw new ConfigurationError(`The path parameter \`${name}\` must not be empty.`);
  return text;
}

function headerValue({ name, style, explode = false }: PlacedParameter, value: unknown): string | undefined {
  return style === undefined ? JSON.stringify(value) : styled(name, value, style, explode, String);
}

function queryPart(
  { name, style, explode = false, allowReserved }: PlacedParameter,
  value: unknown,
): string | undefined {
  const encode = allowReserved ? encodeUnreserved : encodeURIComponent;
  // A parameter that a media type describes; the media type is JSON.
  if (style === undefined) return `${encodeURIComponent(name)}=${encode(JSON.stringify(value))}`;
  return styled(name, value, style, explode, encode);
}

/**
 * Percent-encodes what RFC 6570, section 3.2.3, does not let through, which are reserved characters and what is percent-encoded
 * already, and of that what a query cannot hold as it is (RFC 3986, section 3.4). The caller answers for a reserved character
 * that means something in a query.
 */
const encodeUnreserved: Encode = (text) =>
  encodeURIComponent(text)
    .replace(/%(?:24|26|2B|2C|2F|3A|3B|3D|3F|40)/g, decodeURIComponent)
    .replace(/%25(?=[\dA-Fa-f]{2})/g, "%");
