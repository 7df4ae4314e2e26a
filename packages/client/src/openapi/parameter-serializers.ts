import type { Operation, PlacedParameter } from "@isc-customizers/types";
import { ConfigurationError } from "../errors/errors.ts";
import { type Encode, serializeInStyle } from "./parameter-style.ts";

/** Parameter values by their names in the API. */
export type ParameterValues = Readonly<Record<string, unknown>>;

/**
 * Serializes the parameters of an operation in the styles of its description. openapi-fetch's own serializers have no matrix, label,
 * exploded header or JSON parameters, and know one `allowReserved` for a whole query.
 * @throws ConfigurationError for a value that OpenAPI has no way to write.
 */
export interface Serializers {
  /** A path parameter, percent-encoded. */
  readonly path: (name: string, value: unknown) => string;
  /** The query, without a question mark. */
  readonly query: (values: ParameterValues) => string;
  /** Headers, with the cookies among them. */
  readonly headers: (headers: ParameterValues, cookies: ParameterValues) => Record<string, string>;
}

/** Default styles of parameters by their location: https://spec.openapis.org/oas/v3.1.1#style-values */
const defaults = {
  path: { style: "simple", explode: false },
  query: { style: "form", explode: true },
  header: { style: "simple", explode: false },
  cookie: { style: "form", explode: true },
} as const;

export function createSerializers({ parameters = {} }: Pick<Operation, "parameters">): Serializers {
  const own = new Map(
    Object.values(parameters).map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]),
  );
  const parameter = (location: PlacedParameter["in"], name: string): PlacedParameter =>
    own.get(`${location} ${name}`) ?? { in: location, name, ...defaults[location] };
  const serializeAll = (location: PlacedParameter["in"], values: ParameterValues) =>
    Object.entries(values).flatMap(([name, value]) => {
      if (value === undefined || value === null) return [];
      const text = serialize(parameter(location, name), value);
      return text === undefined ? [] : [[name, text] as const];
    });
  const texts = (location: "query" | "cookie", values: ParameterValues) =>
    serializeAll(location, values).map(([, text]) => text);
  return {
    path(name, value) {
      const isPrimitive = ["string", "number", "boolean"].includes(typeof value);
      if (!isPrimitive && (value === undefined || value === null || !own.has(`path ${name}`)))
        throw new ConfigurationError(`The path parameter \`${name}\` is missing: it must be a string.`);
      const text = value === "" ? "" : serialize(parameter("path", name), value);
      if (!text) throw new ConfigurationError(`The path parameter \`${name}\` must not be empty.`);
      return text;
    },
    query: (values) => texts("query", values).join("&"),
    headers(headers, cookies) {
      // A cookie ends with a semicolon (RFC 6265, section 4.2.1), whatever its style.
      const cookie = texts("cookie", cookies).join("; ").replaceAll("&", "; ");
      return { ...Object.fromEntries(serializeAll("header", headers)), ...(cookie !== "" && { cookie }) };
    },
  };
}

/** Returns `undefined` for an empty list or object, which is left out. */
function serialize(
  { in: location, name, style, explode = false, allowReserved }: PlacedParameter,
  value: unknown,
): string | undefined {
  const encode = location === "header" ? String : allowReserved ? encodeUnreserved : encodeURIComponent;
  try {
    if (style !== undefined) return serializeInStyle(name, value, style, explode, encode);
    // A parameter without a style has `content` in the description: it is JSON.
    const json = encode(JSON.stringify(value));
    return location === "query" || location === "cookie" ? `${encodeURIComponent(name)}=${json}` : json;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new ConfigurationError(`The parameter \`${name}\` is not well-formed Unicode.`);
  }
}

/**
 * Percent-encodes a text, except for reserved characters and parts that are percent-encoded already (RFC 6570, section 3.2.3). Also encodes
 * the reserved characters that a query cannot contain (RFC 3986, section 3.4).
 */
const encodeUnreserved: Encode = (text) =>
  encodeURIComponent(text)
    .replace(/%(?:24|26|2B|2C|2F|3A|3B|3D|3F|40)/g, decodeURIComponent)
    .replace(/%25(?=[\dA-Fa-f]{2})/g, "%");
