/** Keywords that are stricter with a greater value. https://json-schema.org/draft/2020-12/json-schema-validation */
export const lowerBounds: ReadonlySet<string> = new Set(
  "minimum exclusiveMinimum minLength minItems minProperties minContains".split(" "),
);
/** Keywords that are stricter with a smaller value. */
export const upperBounds: ReadonlySet<string> = new Set(
  "maximum exclusiveMaximum maxLength maxItems maxProperties maxContains".split(" "),
);
/** Keywords that describe a value and constrain nothing. */
export const annotations: ReadonlySet<string> = new Set(
  "title description example examples externalDocs xml $comment default deprecated readOnly writeOnly".split(
    " ",
  ),
);

/** Returns `true` if a keyword is about the properties that have no name in the schema. */
export function isOpenness(keyword: string): boolean {
  return keyword === "additionalProperties" || keyword === "unevaluatedProperties";
}
