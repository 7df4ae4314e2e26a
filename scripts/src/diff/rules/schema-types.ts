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

/** Rules for the types and values that a schema allows. */
export const schemaTypeRules = {
  "request-type-widened": request.minor(
    "More types of value may be sent. What was sent before still may be.",
    (found) => typeChange(found, ({ isNarrowed }) => !isNarrowed),
  ),
  "request-type-changed": request.major(
    "A type of value may no longer be sent. Code that sends it does not compile.",
    (found) => typeChange(found, ({ isNarrowed }) => isNarrowed),
  ),
  "response-type-changed": response.major(
    "A value in a response has another type. Code that reads it does not compile, or not as it was meant.",
    (found) =>
      typeChange(found, ({ isNumeric, isSpecified }) => !isNumeric && !isSpecified) ||
      unlistedValues(found) ||
      restrictedProperties(found),
  ),
  "response-type-specified": response.minor(
    "A value in a response that could be of any type has a type. Code had to handle a value of any type.",
    (found) => typeChange(found, ({ isSpecified }) => isSpecified),
  ),
  "response-number-changed": response.minor(
    "A number in a response becomes an integer, or an integer any number. Both are `number` in TypeScript.",
    (found) => typeChange(found, ({ isNumeric }) => isNumeric),
  ),
  "request-null-allowed": request.minor(
    "What was sent before still may be.",
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
    "The vendor's rules: non-breaking.",
    changed("Schema", "enum", addedValues),
  ),
  "request-enum-value-removed": request.major(
    "Code that sends it does not compile.",
    changed("Schema", "enum", removedValues),
  ),
  "response-enum-value-added": response.minor(
    "The vendor's rules: non-breaking, and readers must expect it. Only a `switch` that ends in `never` stops compiling, as its author asked.",
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

/** Another `type`, or alternatives in place of anything. */
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

/** Alternatives that take the place of a schema without any constraint, or the other way round. */
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
