import type { OpenAPI3 } from "openapi-typescript";
import type { ParameterStyle, PlacedParameter } from "../contract/operation.ts";
import { bodyKind } from "../spec/media-type.ts";
import type { Operation, Parameter } from "../model/model.ts";
import { compositeKinds } from "../model/schema-kinds.ts";

/** Where the parameters of an operation are sent: the usual ones by their names, the others by the members that they are. */
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

/** The parameter is called by its name and written in the default style of its place, which for a list or an object in the path or a header must be told. */
function isUsual(document: OpenAPI3, parameter: Parameter): boolean {
  const { in: place, name, member, mediaType, style, explode, allowReserved, schema } = parameter;
  if (member !== name || mediaType !== undefined || place === "cookie") return false;
  if (place === "query") return style === "form" && explode && !allowReserved;
  return style === "simple" && compositeKinds(document, schema).size === 0;
}

function placed(parameter: Parameter): PlacedParameter {
  const { in: place, name, mediaType, allowReserved } = parameter;
  if (mediaType !== undefined && bodyKind(mediaType) === "json") return { in: place, name };
  // A text that a media type describes is written as one that a schema does.
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

/** What is exploded has nothing to be delimited: OpenAPI has no other style for it than `form`. */
function sentStyle(style: ParameterStyle, explode: boolean): Pick<PlacedParameter, "style" | "explode"> {
  if (explode && (style === "spaceDelimited" || style === "pipeDelimited")) return { style: "form", explode };
  return { style, explode };
}
