import { annotations } from "../canonical/keywords.ts";
import { accepts } from "../canonical/merge-keywords.ts";
import { isFirstProperties, restrictedProperties } from "./schema-constraints.ts";
import {
  type Case,
  changed,
  type Detected,
  missingFrom,
  request,
  response,
  type Rules,
  shown,
  turnedOff,
  turnedOn,
} from "./rule.ts";

export const schemaTypeRules = {
  "request-type-widened": request.minor(
    "A request accepts more types of value. Existing calls still work.",
    (found) => typeChange(found, ({ isNarrowed }) => !isNarrowed),
  ),
  "request-type-changed": request.major(
    "A request no longer accepts a type of value. Code that sends it does not compile.",
    (found) => typeChange(found, ({ isNarrowed }) => isNarrowed),
  ),
  "response-type-changed": response.major(
    "A value in a response has another type. Code that reads it does not compile, or behaves differently.",
    (found) =>
      typeChange(found, ({ isNumeric, isSpecified }) => !isNumeric && !isSpecified) ||
      unlistedValues(found) ||
      restrictedProperties(found),
  ),
  "response-type-specified": response.minor(
    "A value in a response had any type, and now has a specific one. Existing code already handles any type.",
    (found) => typeChange(found, ({ isSpecified }) => isSpecified),
  ),
  "response-number-changed": response.minor(
    "A number in a response becomes an integer, or an integer any number. Both are `number` in TypeScript.",
    (found) => typeChange(found, ({ isNumeric }) => isNumeric),
  ),
  "request-null-allowed": request.minor(
    "Existing calls still work.",
    turnedOn("Schema", "nullable", "may be `null` now"),
  ),
  "request-null-refused": request.major(
    "Code that sends it does not compile.",
    turnedOff("Schema", "nullable", "is no longer `null`"),
  ),
  "response-null-added": response.major(
    "Strict code that reads it does not compile.",
    turnedOn("Schema", "nullable", "may be `null` now"),
  ),
  "response-null-removed": response.minor(
    "Code that handles it still works.",
    turnedOff("Schema", "nullable", "is no longer `null`"),
  ),
  "request-enum-value-added": request.minor(
    "The vendor calls it non-breaking.",
    changed("Schema", "enum", addedValues),
  ),
  "request-enum-value-removed": request.major(
    "Code that sends it does not compile.",
    changed("Schema", "enum", removedValues),
  ),
  "response-enum-value-added": response.minor(
    "The vendor calls it non-breaking, and clients must expect new values. Only a `switch` that ends in `never` stops compiling, as its author wanted.",
    changed("Schema", "enum", (found) => found.after !== undefined && addedValues(found)),
  ),
  "response-enum-value-removed": response.major(
    "A comparison with it does not compile.",
    changed("Schema", "enum", removedValues),
  ),
} satisfies Rules;

interface TypeChange {
  readonly isNarrowed: boolean;
  readonly isNumeric: boolean;
  /** Any type was allowed. */
  readonly isSpecified: boolean;
}

/** Detects a changed `type`, and alternatives that replace a schema without constraints (or the reverse). */
function typeChange(found: Case, matches: (change: TypeChange) => boolean): Detected {
  if (found.typeName !== "Schema" || found.kind !== "modified") return undefined;
  if (isFirstProperties(found)) {
    return (
      matches({ isNarrowed: true, isNumeric: false, isSpecified: true }) && "has properties instead of any"
    );
  }
  if (isUnspecific(found)) {
    const isSpecified = found.before === undefined;
    const text = isSpecified
      ? "has alternatives instead of any value"
      : "is any value instead of one of several";
    return matches({ isNarrowed: isSpecified, isNumeric: false, isSpecified }) && text;
  }
  if (found.property !== "type") return undefined;
  const [before, after] = [[found.before ?? []].flat(), [found.after ?? []].flat()];
  const isNarrowed =
    after.length > 0 && (before.length === 0 || before.some((type) => !accepts(after, type)));
  const isNumeric = [before, after].every(
    (types) => types.length > 0 && types.every((type) => accepts(["number"], type)),
  );
  const isSpecified = before.length === 0;
  return (
    matches({ isNarrowed, isNumeric, isSpecified }) && `is ${wordsOf(after)} instead of ${wordsOf(before)}`
  );
}

/** Returns `true` if alternatives replace a schema without constraints, or the reverse. */
export function isUnspecific({ property, before, after, base, head }: Case): boolean {
  if (property !== "oneOf" || (before === undefined) === (after === undefined)) return false;
  const owner = before === undefined ? base.owner : head.owner;
  return Object.keys(owner ?? {}).every((keyword) => annotations.has(keyword));
}

function wordsOf(types: readonly unknown[]): string {
  return types.length === 0 ? "any value" : shown(types.join(" | "));
}

function addedValues({ before, after }: Case): Detected {
  if (after === undefined) return `is no longer one of ${shown(before)}`;
  return before !== undefined && missingFrom(before, after, (value) => `may be ${value} now`);
}

const unlistedValues = changed("Schema", "enum", (found) => found.after === undefined && addedValues(found));

function removedValues({ before, after }: Case): Detected {
  if (before === undefined) return `is one of ${shown(after)} now`;
  return after !== undefined && missingFrom(after, before, (value) => `is never ${value} now`);
}
