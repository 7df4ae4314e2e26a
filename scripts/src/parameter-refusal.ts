import type { OpenAPI3 } from "openapi-typescript";
import type { Parameter } from "./model.ts";
import type { Refusal } from "./refusal.ts";
import { compositeKinds, hasCompositeItems } from "./schema-kinds.ts";

/** Only the default serialization of OpenAPI is written: `simple` in the path and headers, `form` in the query. */
export function parameterRefusal(
  document: OpenAPI3,
  parameter: Parameter,
): Omit<Refusal, "pointer"> | undefined {
  const { name, style, explode } = parameter;
  if (parameter.in === "cookie") {
    return {
      message: `The cookie parameter "${name}" cannot be sent.`,
      remedy: "Describe it as a security scheme, or leave it out.",
    };
  }
  if (parameter.hasContent) {
    return {
      message: `The parameter "${name}" has a \`content\`.`,
      remedy: "Describe the parameter by a `schema`.",
    };
  }
  if (parameter.in === "path" && !parameter.required) {
    return {
      message: `The path parameter "${name}" is not marked as required.`,
      remedy: "Write `required: true`: there is no path without it.",
    };
  }
  if (parameter.allowReserved) {
    return {
      message: `The parameter "${name}" has \`allowReserved\`.`,
      remedy: "Leave it out: every reserved character is percent-encoded.",
    };
  }
  const kinds = compositeKinds(document, parameter.schema);
  const isArray = kinds.has("array");
  const isObject = kinds.has("object");
  if (parameter.in !== "query" && (isArray || isObject)) {
    return {
      message: `The ${parameter.in} parameter "${name}" is no plain value.`,
      remedy: "Describe it as a string, number or boolean.",
    };
  }
  if ((isArray && isObject) || hasCompositeItems(document, parameter.schema)) {
    return {
      message: `The parameter "${name}" is a list of what is no plain value, or may be a list and an object.`,
      remedy: "Describe it as plain values, a list of them, or an object.",
    };
  }
  const expected = parameter.in !== "query" ? "simple" : isObject ? "deepObject" : "form";
  if (style !== expected || (isArray && !explode)) {
    return {
      message: `The parameter "${name}" has the style "${style}"${explode ? "" : " without `explode`"}.`,
      remedy: `Use the style "${expected}"${isArray ? " with `explode`" : ""}.`,
    };
  }
  return undefined;
}
