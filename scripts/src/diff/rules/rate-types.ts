import { byDirection, type Case, type Finding, shown } from "./finding.ts";
import { memberOf, nodeAt, tokensOf } from "../../spec/json-pointer.ts";

/** The types of value that a schema allows are others: `null` apart, as it is `undefined`'s brother in TypeScript. */
export function rateTypes(found: Case): Finding[] {
  const { difference, comparison } = found;
  const before = typesAt(comparison.base, difference.base?.pointer);
  const after = typesAt(comparison.head, difference.head?.pointer);
  return [...rateNull(found, before, after), ...rateOthers(found, before, after)];
}

function rateNull(found: Case, before: Types, after: Types): Finding[] {
  // A schema without types allows `null` already; what it gains or loses is more than that. An `enum` lists its own `null`.
  if (before.names.size === 0 || after.names.size === 0 || before.nullable === after.nullable) return [];
  if (before.isEnum && after.isEnum) return [];
  return after.nullable
    ? byDirection(found, "request-null-allowed", "response-null-added", "may be `null` now")
    : byDirection(found, "request-null-refused", "response-null-removed", "is no longer `null`");
}

function rateOthers(found: Case, before: Types, after: Types): Finding[] {
  const lost = [...before.names].some((name) => !accepts(after.names, name));
  const gained = [...after.names].some((name) => !accepts(before.names, name));
  // No type at all is every type.
  const narrowed = after.names.size > 0 && (lost || before.names.size === 0);
  const widened = before.names.size > 0 && (gained || after.names.size === 0);
  if (!narrowed && !widened) return [];
  const text = `is ${wordsOf(after)} instead of ${wordsOf(before)}`;
  const isNumeric = [...before.names, ...after.names].every(
    (name) => name === "integer" || name === "number",
  );
  return byDirection(
    found,
    narrowed ? "request-type-changed" : "request-type-widened",
    isNumeric && before.names.size > 0 && after.names.size > 0
      ? "response-number-changed"
      : "response-type-changed",
    text,
  );
}

function accepts(types: ReadonlySet<string>, name: string): boolean {
  return types.has(name) || (name === "integer" && types.has("number"));
}

interface Types {
  readonly names: ReadonlySet<string>;
  readonly nullable: boolean;
  readonly isEnum: boolean;
}

/** The types of the schema that a pointer leads to, or to whose keyword it leads, in either dialect. */
function typesAt(document: unknown, pointer: string | undefined): Types {
  const tokens = tokensOf(pointer ?? "#");
  const isKeyword = tokens.at(-1) === "type" || tokens.at(-1) === "nullable";
  const node = nodeAt(document, tokens);
  const schema = isKeyword && !isSchema(node) ? nodeAt(document, tokens.slice(0, -1)) : node;
  const all = [memberOf(schema, "type") ?? []].flat().map(String);
  return {
    names: new Set(all.filter((name) => name !== "null")),
    nullable: all.includes("null") || memberOf(schema, "nullable") === true,
    isEnum: memberOf(schema, "enum") !== undefined,
  };
}

/** A property may be called `type`: what stands there is then a schema, and no keyword's value. */
function isSchema(node: unknown): boolean {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}

function wordsOf({ names, nullable }: Types): string {
  return names.size === 0 ? "of any type" : shown([...names, ...(nullable ? ["null"] : [])].join(" | "));
}
