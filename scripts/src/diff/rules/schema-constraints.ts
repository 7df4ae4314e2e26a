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

export const schemaConstraintRules = {
  "request-default-added": request.minor(
    "A default is now documented. Calls and types stay.",
    changed("Schema", "default", (found) => found.before === undefined && !isUnused(found) && words(found)),
  ),
  "request-default-changed": request.major(
    "A default changes, or is no longer documented. The same call has another effect, and no compiler reports it.",
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
    "A constraint such as `pattern`, `format`, `minimum`, `maxLength` or `dependentRequired` accepts fewer values. The server rejects values that it accepted before, and no compiler reports it.",
    (found) =>
      tightened(found, true) ||
      (isOpenness(found) && !isOpened(found) && !isFirstProperties(found) && openness(found)),
  ),
  "request-constraint-loosened": request.minor(
    "A constraint accepts more values of the same type. Existing calls still work.",
    (found) => tightened(found, false) || (isOpenness(found) && isOpened(found) && openness(found)),
  ),
  "response-constraint-tightened": response.patch(
    "A response has a stricter constraint; its type stays. Existing code already handles these values.",
    (found) => tightened(found, true),
  ),
  "response-constraint-loosened": response.minor(
    "A response has a looser constraint; its type stays. Check code that relies on the constraint.",
    (found) => tightened(found, false) || (isOpenness(found) && isAdded(found) && openness(found)),
  ),
} satisfies Rules;

/** Keywords whose values cannot be ordered. Any value is stricter than none. */
const others = new Set(
  "pattern format multipleOf contentEncoding contentMediaType uniqueItems dependentRequired".split(" "),
);

/** Detects a tightened (`expected`) or a loosened constraint. A change that does both counts as tightened. */
function tightened(found: Case, expected: boolean): Detected {
  const { typeName, kind, property = "", before, after } = found;
  if (typeName !== "Schema" || kind !== "modified") return undefined;
  const isLower = lowerBounds.has(property);
  if (!isLower && !upperBounds.has(property) && !others.has(property)) return undefined;
  const isExpected = /^(?:exclusiveM|m)(?:in|ax)imum$/.test(property)
    ? order(boundOf(found.base.owner, isLower), boundOf(found.head.owner, isLower)) === (expected ? 1 : -1)
    : isTightened(property, isLower, before, after) === expected;
  if (!isExpected) return undefined;
  if (after === undefined) return `has no \`${property}\` now; it was ${shown(before)}`;
  return `has the \`${property}\` ${shown(after)}${before === undefined ? " now" : ` instead of ${shown(before)}`}`;
}

/** The bound of a number, with 1 if it is exclusive. A greater pair is stricter. */
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
    ? `has no default now; it was ${shown(before)}`
    : `has the default ${shown(after)} instead of ${shown(before)}`;
}

/** Returns `true` if the default belongs to the schema of a required parameter. */
function isUnused({ comparison, tokens }: Case): boolean {
  const schema = tokens.indexOf("schema");
  const start = tokens.indexOf("parameters");
  if (start === -1 || schema !== tokens.length - 2) return false;
  return [comparison.base, comparison.head].every(({ document }) => {
    return memberOf(nodeAt(document, tokens.slice(0, schema)), "required") === true;
  });
}

/** Returns `true` if a difference is about unnamed properties (`additionalProperties` or `unevaluatedProperties`). */
function isOpenness({ typeName, property, name, kind }: Case): boolean {
  const keyword = kind === "modified" ? property : name;
  return typeName === "Schema" && (keyword === "additionalProperties" || keyword === "unevaluatedProperties");
}

/** Returns `true` if the type gains unnamed properties. An absent keyword or `false` means none in TypeScript. */
function isAdded({ before, after }: Case): boolean {
  return after !== undefined && after !== false && (before === undefined || before === false);
}

/** Returns `true` if unnamed properties are now allowed. In JSON Schema, an absent keyword allows them all. */
function isOpened({ before, after }: Case): boolean {
  return after === true || before === false;
}

/** Returns `true` if an object with any properties became one with named properties. */
export function isFirstProperties({ property, before, after, base }: Case): boolean {
  const isSpecified = property === "additionalProperties" && before === true && after === undefined;
  return isSpecified && memberOf(base.owner, "properties") === undefined;
}

/** Detects unnamed properties that the type loses, or that get another type. */
export function restrictedProperties(found: Case): Detected {
  return isOpenness(found) && !isAdded(found) && !isFirstProperties(found) && openness(found);
}

function openness({ before, after }: Case): string {
  if (after === false) return "no longer allows other properties";
  if (after === undefined && before !== false) return "no longer has other properties in its type";
  return isObject(after) ? "allows other properties of one schema only" : "allows other properties now";
}
