import { byDirection, type Case, type Finding } from "./finding.ts";
import { memberOf, nodeAt, tokensOf } from "../../spec/json-pointer.ts";

/** A schema is there or gone: what that means depends on what it is a part of. */
export function rateSchemaMember(found: Case): Finding[] {
  const { difference } = found;
  const isAdded = difference.kind === "added";
  const tokens = tokensOf((difference.head ?? difference.base)?.pointer ?? "#");
  const [root, , , ...within] = tokens;
  if (root === "components" && tokens[1] === "schemas" && within.length === 0)
    return [isAdded ? { rule: "model-added", text: "is new" } : { rule: "model-removed", text: "is gone" }];
  // A list's member has its index after the list's name.
  const last = tokens.at(-1) ?? "";
  const keyword = tokens.at(-2);
  if (keyword === "properties") return rateProperty(found, tokens);
  if (keyword === "oneOf" || keyword === "anyOf") return rateAlternative(found);
  const part = /^\d+$/.test(last) ? `a part of \`${keyword}\`` : `\`${last}\``;
  return [{ rule: "composition-changed", text: isAdded ? `has ${part} more` : `has ${part} less` }];
}

function rateProperty(found: Case, tokens: readonly string[]): Finding[] {
  if (found.difference.kind === "removed")
    return byDirection(found, "request-property-removed", "response-property-removed", "is gone");
  const required = memberOf(nodeAt(found.comparison.head, tokens.slice(0, -2)), "required");
  return Array.isArray(required) && required.includes(tokens.at(-1))
    ? byDirection(found, "required-request-property-added", "response-property-added", "is new, and required")
    : byDirection(found, "request-property-added", "response-property-added", "is new");
}

function rateAlternative(found: Case): Finding[] {
  const isAdded = found.difference.kind === "added";
  if (memberOf(isAdded ? found.after : found.before, "type") === "null") {
    return isAdded
      ? byDirection(found, "request-null-allowed", "response-null-added", "may be `null` now")
      : byDirection(found, "request-null-refused", "response-null-removed", "is no longer `null`");
  }
  return isAdded
    ? byDirection(
        found,
        "request-alternative-added",
        "response-alternative-changed",
        "has an alternative more",
      )
    : byDirection(
        found,
        "request-alternative-removed",
        "response-alternative-changed",
        "has an alternative less",
      );
}
