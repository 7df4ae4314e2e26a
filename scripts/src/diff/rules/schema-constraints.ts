import { lowerBounds, upperBounds } from "../canonical/keywords.ts";
import { isObject, memberOf, nodeAt } from "../../spec/json-pointer.ts";
import {
  type Case,
  changed,
  type Detected,
  listOf,
  patch,
  request,
  response,
  type Rules,
  shown,
} from "./rule.ts";

/** Rules for defaults, constraints and other properties. */
export const schemaConstraintRules = {
  "request-default-added": request.minor(
    "The default of a value left out is now documented. Calls and types stay.",
    changed("Schema", "default", (found) => found.before === undefined && !isUnused(found) && words(found)),
  ),
  "request-default-changed": request.major(
    "The default of a value left out is another, or is documented no more. The same call does another thing, and no compiler reports it.",
    changed("Schema", "default", (found) => found.before !== undefined && !isUnused(found) && words(found)),
  ),
  "response-default-changed": response.patch(
    "The server sends the value or leaves it out.",
    changed("Schema", "default", words),
  ),
  "unused-default-changed": patch(
    "The default of a required parameter changes. A default never applies to a value that must be sent.",
    changed("Schema", "default", (found) => isUnused(found) && words(found)),
  ),
  "request-constraint-tightened": request.major(
    "Less may be sent: `pattern`, `format`, `minimum`, `maxLength`, `dependentRequired` and the like. What was accepted is refused at run time, and no compiler reports it.",
    (found) =>
      tightened(found, true) ||
      (isOpenness(found) && !isOpened(found) && !isFirstProperties(found) && openness(found)),
  ),
  "request-constraint-loosened": request.minor(
    "More may be sent, within the same type. What was sent still may be.",
    (found) => tightened(found, false) || (isOpenness(found) && isOpened(found) && openness(found)),
  ),
  "response-constraint-tightened": response.patch(
    "Less may come in a response, within the same type. All of it could come before.",
    (found) => tightened(found, true),
  ),
  "response-constraint-loosened": response.minor(
    "More may come in a response, within the same type. The type stays; check code that relies on the bound.",
    (found) => tightened(found, false) || (isOpenness(found) && isAdded(found) && openness(found)),
  ),
} satisfies Rules;

/** Keywords of which no value is stricter than another, but any is stricter than none. */
const others = new Set(
  "pattern format multipleOf contentEncoding contentMediaType uniqueItems dependentRequired".split(" "),
);

/** A constraint that allows less than it did, or more. A change that does both counts as the former. */
function tightened(found: Case, expected: boolean): Detected {
  const { typeName, kind, property = "", before, after } = found;
  if (typeName !== "Schema" || kind !== "modified") return undefined;
  const isLower = lowerBounds.has(property);
  if (!isLower && !upperBounds.has(property) && !others.has(property)) return undefined;
  const isExpected = /^(?:exclusiveM|m)(?:in|ax)imum$/.test(property)
    ? order(boundOf(found.base.owner, isLower), boundOf(found.head.owner, isLower)) === (expected ? 1 : -1)
    : isTightened(property, isLower, before, after) === expected;
  if (!isExpected) return undefined;
  if (after === undefined) return `has no \`${property}\` any more; it was ${shown(before)}`;
  return `has the \`${property}\` ${shown(after)}${before === undefined ? " now" : ` instead of ${shown(before)}`}`;
}

/** The bound of a number, and 1 if it is exclusive; a greater one is stricter. */
function boundOf(schema: unknown, isLower: boolean): readonly [number, number] {
  const [inclusive, exclusive] = isLower ? ["minimum", "exclusiveMinimum"] : ["maximum", "exclusiveMaximum"];
  const bounds = [inclusive, exclusive].map((keyword, index) => {
    const value = memberOf(schema, keyword);
    return [typeof value === "number" ? (isLower ? value : -value) : -Infinity, index] as const;
  });
  return bounds.reduce((one, other) => (order(one, other) > 0 ? other : one), [-Infinity, 0]);
}

/** 1 if the second bound is stricter, and -1 if the first is. */
function order(one: readonly [number, number], other: readonly [number, number]): number {
  return Math.sign(other[0] === one[0] ? other[1] - one[1] : other[0] - one[0]);
}

function isTightened(keyword: string, isLower: boolean, before: unknown, after: unknown): boolean {
  if (after === undefined) return false;
  if (keyword === "dependentRequired") {
    return Object.entries(isObject(after) ? after : {}).some(([name, required]) =>
      listOf(required).some((each) => !listOf(memberOf(before, name)).includes(each)),
    );
  }
  if (typeof before !== "number" || typeof after !== "number") return true;
  if (keyword === "multipleOf") return before % after !== 0;
  return after > before === isLower;
}

function words({ before, after }: Case): string {
  if (before === undefined) return `has the default ${shown(after)} now`;
  return after === undefined
    ? `has no default any more; it was ${shown(before)}`
    : `has the default ${shown(after)} instead of ${shown(before)}`;
}

/** The default is that of the schema of a required parameter. */
function isUnused({ comparison, tokens }: Case): boolean {
  const schema = tokens.indexOf("schema");
  const start = tokens.indexOf("parameters");
  if (start === -1 || schema !== tokens.length - 2) return false;
  return [comparison.base, comparison.head].every(({ document }) => {
    return memberOf(nodeAt(document, tokens.slice(0, schema)), "required") === true;
  });
}

/** Other properties than those that are named: none (`false`), those of a schema, or any. If absent, the types have none of them. */
function isOpenness({ typeName, property, name, kind }: Case): boolean {
  const keyword = kind === "modified" ? property : name;
  return typeName === "Schema" && (keyword === "additionalProperties" || keyword === "unevaluatedProperties");
}

/** Nothing was said of other properties, or that there are none. */
function isAdded({ before, after }: Case): boolean {
  return after !== undefined && after !== false && (before === undefined || before === false);
}

/** To say nothing of other properties allows them all. */
function isOpened({ before, after }: Case): boolean {
  return after === true || before === false;
}

/** An object that could have any properties has some by name. */
export function isFirstProperties({ property, before, after, base }: Case): boolean {
  const isSpecified = property === "additionalProperties" && before === true && after === undefined;
  return isSpecified && memberOf(base.owner, "properties") === undefined;
}

/** Other properties, which had a type, have none any more, or another one. */
export function restrictedProperties(found: Case): Detected {
  return isOpenness(found) && !isAdded(found) && !isFirstProperties(found) && openness(found);
}

function openness({ before, after }: Case): string {
  if (after === false) return "has no other properties any more";
  if (after === undefined && before !== false) return "has no other properties in its type any more";
  return isObject(after) ? "may have other properties of one schema alone" : "may have other properties now";
}
