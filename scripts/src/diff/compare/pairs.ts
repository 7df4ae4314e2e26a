import type { OpenAPI3 } from "openapi-typescript";
import { isDeepStrictEqual } from "node:util";
import { deref } from "../../spec/reference.ts";
import { isObject, memberOf } from "../../spec/json-pointer.ts";

/** The names of what corresponds in two lists or maps: of either side, or `undefined` where there is none. */
export type Pair = readonly [base: string | undefined, head: string | undefined];

/** The members of two maps, by their names; a named schema that is the same under another name was renamed. */
export function pairMembers(base: object, head: object, typeName: string): Pair[] {
  const [before, after] = [Object.entries(base), Object.entries(head)];
  const gone = before.filter(([name]) => !Object.hasOwn(head, name));
  const isRename = typeName === "NamedSchemas";
  const pairs = after.map(([name, value]): Pair => {
    if (Object.hasOwn(base, name)) return [name, name];
    const index = isRename ? gone.findIndex(([, other]) => isDeepStrictEqual(other, value)) : -1;
    return [index === -1 ? undefined : gone.splice(index, 1)[0]?.[0], name];
  });
  return [...pairs, ...gone.map(([name]): Pair => [name, undefined])];
}

/** The members of two lists, by what they are and not by where they stand. */
export function pairItems(
  [base, head]: readonly [OpenAPI3, OpenAPI3],
  before: readonly unknown[],
  after: readonly unknown[],
  typeName: string,
): Pair[] {
  const gone = new Map(before.map((item, index) => [index, identityOf(base, item, typeName)]));
  const fresh: number[] = [];
  const pairs = after.map((item, index): Pair => {
    const identity = identityOf(head, item, typeName);
    const match = [...gone].find(([, other]) => other === identity)?.[0];
    if (match === undefined) {
      fresh.push(index);
      return [undefined, String(index)];
    }
    gone.delete(match);
    return [String(match), String(index)];
  });
  for (const index of fresh) {
    const match = [...gone.keys()].find((other) =>
      isLike(deref(base, objectOf(before[other])), deref(head, objectOf(after[index])), typeName),
    );
    if (match === undefined) continue;
    gone.delete(match);
    pairs[index] = [String(match), String(index)];
  }
  return [...pairs, ...[...gone.keys()].map((index): Pair => [String(index), undefined])];
}

function identityOf(document: OpenAPI3, item: unknown, typeName: string): string {
  const node = deref<Record<string, unknown>>(document, objectOf(item));
  switch (typeName) {
    case "ParameterList":
      return `${String(node["in"])} ${String(node["name"])}`;
    case "ServerList":
      return String(node["url"]);
    case "TagList":
      return String(node["name"]);
    default:
      return JSON.stringify(item);
  }
}

/** Items that are not the same may be one that has changed: a parameter of the same schema; any part of a composed schema. */
function isLike(before: object, after: object, typeName: string): boolean {
  if (typeName === "SchemaList")
    return memberOf(before, "type") !== "null" && memberOf(after, "type") !== "null";
  return (
    typeName === "ParameterList" && isDeepStrictEqual(memberOf(before, "schema"), memberOf(after, "schema"))
  );
}

function objectOf(item: unknown): object {
  return isObject(item) ? item : {};
}
