/** Keywords that a greater value makes stricter. https://json-schema.org/draft/2020-12/json-schema-validation */
const lowerBounds = new Set([
  "minimum",
  "exclusiveMinimum",
  "minLength",
  "minItems",
  "minProperties",
  "minContains",
]);
/** Keywords that a lesser value makes stricter. */
const upperBounds = new Set([
  "maximum",
  "exclusiveMaximum",
  "maxLength",
  "maxItems",
  "maxProperties",
  "maxContains",
]);
/** Keywords of which no value is stricter than another, but any is stricter than none. */
const others = new Set(["pattern", "format", "multipleOf", "contentEncoding", "contentMediaType"]);

/**
 * Whether a keyword allows less than it did, or more. A change that does both counts as the former. `undefined` for a
 * keyword that is no constraint.
 */
export function constraintOf(
  keyword: string,
  before: unknown,
  after: unknown,
): "tightened" | "loosened" | undefined {
  if (keyword === "uniqueItems") return after === true ? "tightened" : "loosened";
  const isLower = lowerBounds.has(keyword);
  if (!isLower && !upperBounds.has(keyword) && !others.has(keyword)) return undefined;
  // OpenAPI 3.0 has the exclusive bounds as marks: https://spec.openapis.org/oas/v3.0.3#properties
  if (after === undefined || after === false) return "loosened";
  if (typeof before !== "number" || typeof after !== "number") return "tightened";
  if (keyword === "multipleOf") return before % after === 0 ? "loosened" : "tightened";
  if (others.has(keyword)) return "tightened";
  return after > before === isLower ? "tightened" : "loosened";
}
