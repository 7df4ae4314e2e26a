import { escapePointer } from "../json-reference.ts";
import { isObject } from "./pointer.ts";
import type { Difference, Side } from "./redocly-diff.ts";
import { methods } from "./usage.ts";

/** What Redocly calls the members of a list or map, by what it calls the list or map. */
const memberTypes: Readonly<Record<string, string>> = {
  Paths: "PathItem",
  ParameterList: "Parameter",
  MediaTypesMap: "MediaType",
  Responses: "Response",
  HeadersMap: "Header",
  SchemaProperties: "Schema",
  OneOf: "Schema",
  AnyOf: "Schema",
  AllOf: "Schema",
  ServerList: "Server",
  ServerVariablesMap: "ServerVariable",
  NamedSchemas: "Schema",
  NamedResponses: "Response",
  NamedParameters: "Parameter",
  NamedExamples: "Example",
  NamedRequestBodies: "RequestBody",
  NamedHeaders: "Header",
  NamedSecuritySchemes: "SecurityScheme",
};

const componentMaps: Readonly<Record<string, string>> = {
  schemas: "NamedSchemas",
  responses: "NamedResponses",
  parameters: "NamedParameters",
  examples: "NamedExamples",
  requestBodies: "NamedRequestBodies",
  headers: "NamedHeaders",
  securitySchemes: "NamedSecuritySchemes",
};

/** A list or map that is there as a whole, or gone as a whole, by its members; anything else as it is. */
export function expand(difference: Difference): Difference[] {
  const { kind, typeName, path } = difference;
  const side = difference.base ?? difference.revision;
  if (kind === "modified" || side === undefined || !isObject(side.value)) return [difference];
  return membersOf(typeName, side.value).flatMap(([name, memberType, value]) => {
    if (memberType === undefined) return [difference];
    const at: Side = { pointer: `${side.pointer}/${escapePointer(name)}`, value };
    return expand({
      ...difference,
      path: `${path}/${escapePointer(name)}`,
      typeName: memberType,
      ...(difference.base ? { base: at } : { revision: at }),
    });
  });
}

type Member = readonly [name: string, typeName: string | undefined, value: unknown];

function membersOf(typeName: string, value: Record<string, unknown>): Member[] {
  const members = Object.entries(value);
  if (typeName === "PathItem") {
    // A parameter of the path counts with the operations that it belongs to.
    return members
      .filter(([name]) => methods.includes(name))
      .map(([name, member]) => [name, "Operation", member]);
  }
  if (typeName === "Components") {
    return members.map(([name, member]) => [name, componentMaps[name], member]);
  }
  const memberType = memberTypes[typeName];
  if (memberType === undefined) return [["", undefined, value]];
  return members.map(([name, member]) => [name, memberType, member]);
}
