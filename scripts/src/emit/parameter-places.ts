import type { OpenAPI3 } from "../spec/openapi.ts";
import type { ParameterStyle, PlacedParameter } from "../contract/operation.ts";
import { bodyKind } from "../spec/media-type.ts";
import type { Operation, Parameter } from "../model/model.ts";
import { compositeKinds } from "../model/schema-kinds.ts";

/** Emits the places of the parameters: a list of names for default serialization, and an entry for each other parameter. */
export interface Places {
  readonly query: readonly string[];
  readonly header: readonly string[];
  readonly parameters: readonly (readonly [string, PlacedParameter])[];
}

export function placesOf(document: OpenAPI3, { parameters }: Operation): Places {
  const isUnusual = (parameter: Parameter) => !isUsual(document, parameter);
  const usual = (place: Parameter["in"]) =>
    parameters
      .filter((parameter) => parameter.in === place && isUsual(document, parameter))
      .map(({ name }) => name);
  return {
    query: usual("query"),
    header: usual("header"),
    parameters: parameters.filter(isUnusual).map((parameter) => [parameter.member, placed(parameter)]),
  };
}

/** Returns `true` for a parameter with its own name and the default style. An array or an object in the path or a header always needs an entry. */
function isUsual(document: OpenAPI3, parameter: Parameter): boolean {
  const { in: place, name, member, mediaType, style, explode, allowReserved, schema } = parameter;
  if (member !== name || mediaType !== undefined || place === "cookie") return false;
  if (place === "query") return style === "form" && explode && !allowReserved;
  return style === "simple" && compositeKinds(document, schema).size === 0;
}

function placed(parameter: Parameter): PlacedParameter {
  const { in: place, name, mediaType, allowReserved } = parameter;
  if (mediaType !== undefined && bodyKind(mediaType) === "json") return { in: place, name };
  // `text/plain` is serialized like a string schema.
  const isText = mediaType !== undefined;
  const usual = place === "query" || place === "cookie" ? "form" : "simple";
  const style = isText ? usual : (parameter.style as ParameterStyle);
  return {
    in: place,
    name,
    ...sentStyle(style, !isText && parameter.explode),
    ...(place === "query" && allowReserved && { allowReserved }),
  };
}

/** An exploded parameter needs no delimiter: OpenAPI has only the style `form` for it. */
function sentStyle(style: ParameterStyle, explode: boolean): Pick<PlacedParameter, "style" | "explode"> {
  if (explode && (style === "spaceDelimited" || style === "pipeDelimited")) return { style: "form", explode };
  return { style, explode };
}
