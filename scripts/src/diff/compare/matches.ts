import type { OpenAPI3 } from "../../spec/openapi.ts";
import { isDeepStrictEqual } from "node:util";
import { deref } from "../../spec/reference.ts";
import { memberOf } from "../../spec/json-pointer.ts";

/** The names of two members that correspond. A side without such a member has `undefined`. */
export type Match = readonly [base: string | undefined, head: string | undefined];

/**
 * Matches the members of two maps by name. In a map of named schemas or of properties, an equal member with another name counts as
 * renamed.
 */
export function matchMembers(base: object, head: object, typeName: string): Match[] {
  const [before, after] = [Object.entries(base), Object.entries(head)];
  const gone = before.filter(([name]) => !Object.hasOwn(head, name));
  const fresh = after.filter(([name]) => !Object.hasOwn(base, name));
  const isRename = typeName === "NamedSchemas" || typeName === "SchemaProperties";
  const equals = (value: unknown, others: typeof gone) =>
    others.filter(([, other]) => isDeepStrictEqual(other, value));
  const renamed = new Map<string, string>();
  for (const [name, value] of isRename ? fresh : []) {
    const [match, ...others] = equals(value, gone);
    const isOnly = others.length === 0 && equals(value, fresh).length === 1;
    if (match !== undefined && (isOnly || typeName === "NamedSchemas") && !renamed.has(match[0]))
      renamed.set(match[0], name);
  }
  const origins = new Map([...renamed].map(([old, name]) => [name, old]));
  return [
    ...after.map(([name]): Match => [Object.hasOwn(base, name) ? name : origins.get(name), name]),
    ...gone.filter(([name]) => !renamed.has(name)).map(([name]): Match => [name, undefined]),
  ];
}

/** Matches the items of two lists by content. The order of the items does not count. */
export function matchItems(
  [base, head]: readonly [OpenAPI3, OpenAPI3],
  before: readonly unknown[],
  after: readonly unknown[],
  typeName: string,
): Match[] {
  const gone = new Map<string, number[]>();
  for (const [index, item] of before.entries()) {
    const identity = identityOf(base, item, typeName);
    gone.set(identity, [...(gone.get(identity) ?? []), index]);
  }
  const matches = after.map((item, index): Match => {
    const match = gone.get(identityOf(head, item, typeName))?.shift();
    return [match === undefined ? undefined : String(match), String(index)];
  });
  const left = new Set([...gone.values()].flat());
  const matched = matches.map(([old, name = ""]): Match => {
    if (old !== undefined) return [old, name];
    const match = [...left].find((index) =>
      isLike(deref(base, before[index]), deref(head, after[Number(name)]), typeName),
    );
    if (match !== undefined) left.delete(match);
    return [match === undefined ? undefined : String(match), name];
  });
  return [...matched, ...[...left].map((index): Match => [String(index), undefined])];
}

function identityOf(document: OpenAPI3, item: unknown, typeName: string): string {
  const node = deref<Record<string, unknown>>(document, item);
  switch (typeName) {
    case "ParameterList":
      return `${String(node["in"])} ${String(node["name"])}`;
    case "ServerList":
      return String(node["url"]);
    case "TagList":
      return String(node["name"]);
    default:
      return identityOfSchema(item);
  }
}

/** Serializes a value with its members in alphabetical order. */
function identityOfSchema(item: unknown): string {
  return JSON.stringify(item, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

/** Returns `true` if one item may be the changed form of another: a parameter with the same schema, or any part of a composed schema. */
function isLike(before: object, after: object, typeName: string): boolean {
  if (typeName === "SchemaList") return true;
  return (
    typeName === "ParameterList" && isDeepStrictEqual(memberOf(before, "schema"), memberOf(after, "schema"))
  );
}
