import { constraintOf } from "./constraint.ts";
import { byDirection, type Case, type Finding, shown } from "./finding.ts";
import { memberOf, nodeAt, tokensOf } from "./pointer.ts";
import { rateTypes } from "./rate-types.ts";

/** A keyword of a schema is different. Empty where this says nothing to a user; `undefined` where no rule knows it. */
export function rateKeyword(found: Case): Finding[] | undefined {
  const { difference, before, after } = found;
  switch (difference.property) {
    case "key":
      return [{ rule: "model-renamed", text: `was ${shown(before)} before` }];
    case "required":
      return rateRequired(found);
    case "type":
    case "nullable":
      return rateTypes(found);
    case "enum":
    case "const":
      return rateValues(found);
    case "default":
      return rateDefault(found);
    case "deprecated":
      return [
        after === true
          ? { rule: "schema-deprecated", text: "is deprecated" }
          : { rule: "schema-undeprecated", text: "is no longer deprecated" },
      ];
    case "readOnly":
    case "writeOnly":
      return rateMark(found, difference.property);
    case "additionalProperties":
    case "unevaluatedProperties":
      return rateOpenness(found);
    case "$ref":
      return [];
    case undefined:
      return undefined;
    default:
      return rateConstraint(found, difference.property);
  }
}

function rateRequired(found: Case): Finding[] {
  const { comparison, difference } = found;
  const before = listOf(found.before);
  const after = listOf(found.after);
  const had = propertiesAt(comparison.base, difference.base?.pointer, "required");
  const has = propertiesAt(comparison.head, difference.head?.pointer, "required");
  // A property that came or went is a change of its own.
  const stayed = (name: unknown) =>
    (memberOf(had, String(name)) === undefined) === (memberOf(has, String(name)) === undefined);
  const findings = [
    ...after
      .filter((name) => !before.includes(name) && stayed(name))
      .map((name) =>
        byDirection(
          found,
          "request-property-became-required",
          "response-property-became-required",
          `requires ${shown(name)}`,
        ),
      ),
    ...before
      .filter((name) => !after.includes(name) && stayed(name))
      .map((name) =>
        byDirection(
          found,
          "request-property-became-optional",
          "response-property-became-optional",
          `no longer requires ${shown(name)}`,
        ),
      ),
  ];
  return findings.flat();
}

/** The properties next to a keyword. The pointer of a keyword that is absent is that of the schema. */
function propertiesAt(document: unknown, pointer: string | undefined, keyword: string): unknown {
  const tokens = tokensOf(pointer ?? "#");
  return memberOf(nodeAt(document, tokens.at(-1) === keyword ? tokens.slice(0, -1) : tokens), "properties");
}

/** A `const` is an `enum` of one: https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.3 */
function rateValues(found: Case): Finding[] {
  const isConst = found.difference.property === "const";
  const [before, after] = [found.before, found.after].map((value) =>
    isConst && value !== undefined ? [value] : value,
  );
  if (!Array.isArray(before))
    return byDirection(
      found,
      "request-enum-value-removed",
      "response-enum-value-removed",
      `is one of ${shown(after)} now`,
    );
  if (!Array.isArray(after))
    return byDirection(
      found,
      "request-enum-value-added",
      "response-type-changed",
      `is no longer one of ${shown(before)}`,
    );
  const added = after.filter((value) => !before.includes(value));
  const removed = before.filter((value) => !after.includes(value));
  return [
    ...added.map((value) =>
      value === null
        ? byDirection(found, "request-null-allowed", "response-null-added", "may be `null` now")
        : byDirection(
            found,
            "request-enum-value-added",
            "response-enum-value-added",
            `may be ${shown(value)} now`,
          ),
    ),
    ...removed.map((value) =>
      value === null
        ? byDirection(found, "request-null-refused", "response-null-removed", "is no longer `null`")
        : byDirection(
            found,
            "request-enum-value-removed",
            "response-enum-value-removed",
            `is never ${shown(value)} now`,
          ),
    ),
  ].flat();
}

function rateDefault(found: Case): Finding[] {
  const { before, after } = found;
  if (before === undefined)
    return byDirection(
      found,
      "request-default-added",
      "response-default-changed",
      `has the default ${shown(after)} now`,
    );
  const text =
    after === undefined
      ? `has no default any more; it was ${shown(before)}`
      : `has the default ${shown(after)} instead of ${shown(before)}`;
  return byDirection(found, "request-default-changed", "response-default-changed", text);
}

function rateMark({ after }: Case, mark: "readOnly" | "writeOnly"): Finding[] {
  if (after !== true) return [{ rule: "made-readable-and-writable", text: `is no longer \`${mark}\`` }];
  return [{ rule: mark === "readOnly" ? "made-read-only" : "made-write-only", text: `is \`${mark}\` now` }];
}

function rateOpenness(found: Case): Finding[] {
  return found.after === false
    ? byDirection(
        found,
        "request-constraint-tightened",
        "response-type-changed",
        "has no other properties any more",
      )
    : byDirection(
        found,
        "request-constraint-loosened",
        "response-constraint-loosened",
        "may have other properties now",
      );
}

function rateConstraint(found: Case, keyword: string): Finding[] | undefined {
  const constraint = constraintOf(keyword, found.before, found.after);
  if (constraint === undefined) return undefined;
  const { before, after } = found;
  const text =
    after === undefined
      ? `has no \`${keyword}\` any more; it was ${shown(before)}`
      : `has the \`${keyword}\` ${shown(after)}${before === undefined ? " now" : ` instead of ${shown(before)}`}`;
  return constraint === "tightened"
    ? byDirection(found, "request-constraint-tightened", "response-constraint-tightened", text)
    : byDirection(found, "request-constraint-loosened", "response-constraint-loosened", text);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
