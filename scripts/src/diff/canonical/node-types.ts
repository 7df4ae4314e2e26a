import { getTypes, normalizeTypes, SpecVersion } from "@redocly/openapi-core";
import { isObject } from "../../spec/json-pointer.ts";

/** A kind of node of an OpenAPI document, in Redocly's type tree. */
export type NodeType = ReturnType<typeof normalizeTypes>[string];

const types = normalizeTypes(getTypes(SpecVersion.OAS3_1));

/** Returns the type with a name of Redocly's type tree. */
export function nodeType(name: string): NodeType {
  const type = types[name];
  if (type === undefined) throw new Error(`Redocly has no type ${name}.`);
  return type;
}

/** The type of a member that is a node; `undefined` for a plain value. */
export function memberType(type: NodeType, name: string, value: unknown): NodeType | undefined {
  const declared = type.items ?? type.properties[name] ?? type.additionalProperties;
  const found: unknown = typeof declared === "function" ? declared(value, name) : declared;
  return isNodeType(found) ? found : undefined;
}

function isNodeType(type: unknown): type is NodeType {
  return isObject(type) && typeof type["name"] === "string" && isObject(type["properties"]);
}
