import type { OpenAPI3 } from "../spec/openapi.ts";
import { bodyKind } from "../spec/media-type.ts";
import type { Parameter } from "./model.ts";
import type { Diagnostic } from "../spec/diagnostic.ts";
import { compositeKinds, isComposite, nestedPart } from "./schema-kinds.ts";

/** The styles of every place: https://spec.openapis.org/oas/v3.1.0#style-values */
const styles: Readonly<Record<Parameter["in"], readonly string[]>> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form"],
};

/** Headers that the runtime sets: the framing of the message (RFC 9112, sections 6 and 9). */
const framing = new Set(
  "connection content-length expect host keep-alive te trailer transfer-encoding upgrade".split(" "),
);

/** Finds the reason for which a parameter cannot be sent as described. By default, the parameter is left out. */
export function parameterDiagnostic(
  document: OpenAPI3,
  parameter: Parameter,
): (Pick<Diagnostic, "message" | "remedy"> & Partial<Pick<Diagnostic, "effect">>) | undefined {
  const { name, in: place, style, schema, mediaType } = parameter;
  const kinds = compositeKinds(document, schema);
  if (place === "header" && (framing.has(name.toLowerCase()) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name))) {
    return {
      message: `A request cannot be given the header "${name}".`,
      remedy: "Remove it: the platform sets this header, or the name is not a valid header name.",
    };
  }
  if (mediaType !== undefined && !["json", "text"].includes(bodyKind(mediaType))) {
    return {
      message: `The parameter "${name}" is described by ${mediaType}.`,
      remedy: "Describe it by a `schema`, or as `application/json`.",
    };
  }
  if (place === "path" && !parameter.required) {
    return {
      message: `The path parameter "${name}" is not marked as required.`,
      effect: "It is required.",
      remedy: "Write `required: true`.",
    };
  }
  if (mediaType !== undefined) return undefined;
  if (!styles[place].includes(style) || (style === "deepObject" && kinds.size > 0 && !kinds.has("object"))) {
    return {
      message: `The ${place} parameter "${name}" has the style "${style}", which OpenAPI does not have there.`,
      remedy: `Use the style "${styles[place][0]}".`,
    };
  }
  const nested = nestedPart(document, schema);
  if (nested === undefined) return undefined;
  const message = `The parameter "${name}" is nested: OpenAPI has no way to write its ${nested === "items" && kinds.has("array") ? "items" : `member "${nested}"`}.`;
  const remedy = "Describe it with a `content` of `application/json`, or use only primitive values.";
  const isWhole = kinds.size === 1 && kinds.has("array") && isComposite(document, schema);
  return { message, remedy, ...(!isWhole && { effect: "A call with such a value is rejected." }) };
}
