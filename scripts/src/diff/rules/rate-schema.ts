import { constraintOf } from "./constraint.ts";
import { byDirection, type Case, type Finding, shown } from "./finding.ts";
import type { Side } from "../compare/difference.ts";
import { isObject, memberOf, nodeAt, tokensOf } from "../../spec/json-pointer.ts";
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
  const had = memberOf(ownerOf(comparison.base, difference.base), "properties");
  const has = memberOf(ownerOf(comparison.head, difference.head), "properties");
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

/** The schema that has a keyword. The pointer of a keyword that is absent is that of the schema. */
function ownerOf(document: unknown, side: Side | undefined): unknown {
  return nodeAt(document, pathOfOwner(side));
}

function pathOfOwner({ pointer, value }: Side = { pointer: "#", site: "#" }): string[] {
  return value === undefined ? tokensOf(pointer) : tokensOf(pointer).slice(0, -1);
}

/** A `const` is an `enum` of one: https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.3 */
function rateValues(found: Case): Finding[] {
  const { comparison, difference } = found;
  const [old, current] = [
    ownerOf(comparison.base, difference.base),
    ownerOf(comparison.head, difference.head),
  ];
  const [before, after] = [valuesOf(old), valuesOf(current)];
  // Where one of the two takes the place of the other, the new one tells of it.
  const other = difference.property === "const" ? "enum" : "const";
  const isReplaced = memberOf(old, other) === undefined && memberOf(current, other) !== undefined;
  if (found.after === undefined && isReplaced) return [];
  if (before === undefined)
    return byDirection(
      found,
      "request-enum-value-removed",
      "response-enum-value-removed",
      `is one of ${shown(after)} now`,
    );
  if (after === undefined)
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

function valuesOf(schema: unknown): readonly unknown[] | undefined {
  const [one, several] = [memberOf(schema, "const"), memberOf(schema, "enum")];
  if (one !== undefined) return [one];
  return Array.isArray(several) ? several : undefined;
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

function rateMark(found: Case, mark: "readOnly" | "writeOnly"): Finding[] {
  if (found.after === true)
    return [{ rule: mark === "readOnly" ? "made-read-only" : "made-write-only", text: `is \`${mark}\` now` }];
  const text = `is no longer \`${mark}\``;
  return mark === "readOnly" && found.site.request && isRequired(found)
    ? [{ rule: "request-property-became-required", text: `${text}, and required` }]
    : [{ rule: "made-readable-and-writable", text }];
}

function isRequired({ comparison, difference }: Case): boolean {
  const path = pathOfOwner(difference.head);
  if (path.at(-2) !== "properties") return false;
  return listOf(memberOf(nodeAt(comparison.head, path.slice(0, -2)), "required")).includes(path.at(-1));
}

/** Other properties than those that are named: none (`false`), those of a schema, or any. Left out, the types have none of them. */
function rateOpenness(found: Case): Finding[] {
  const { before, after } = found;
  const [request, response] = ["request-constraint-tightened", "response-type-changed"] as const;
  if (after === false) return byDirection(found, request, response, "has no other properties any more");
  if (after === undefined && before !== false)
    return byDirection(found, request, response, "has no other properties in its type any more");
  if (isObject(after) && before !== false)
    return byDirection(found, request, response, "may have other properties of one schema alone");
  return byDirection(
    found,
    "request-constraint-loosened",
    isObject(before) ? response : "response-constraint-loosened",
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
