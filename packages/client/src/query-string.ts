import type { ParameterStyle } from "@isc-customizers/types";
import { type Encode, styled } from "./parameter-style.ts";

/** How a query parameter is written, if not as is usual: the style `form`, with `explode`. */
export interface QueryStyle {
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly allowReserved?: true;
}

const usual: QueryStyle = { style: "form", explode: true };

/**
 * One parameter of a query, or several: an exploded list has its name once for each item, and of an exploded object every
 * member stands for itself. Nothing where there is no value.
 */
export function queryPart(
  name: string,
  value: unknown,
  { style, explode = false, allowReserved }: QueryStyle = usual,
): string | undefined {
  if (value === undefined || value === null) return undefined;
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
