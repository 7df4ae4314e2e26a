/** The form in which a keyword holds other schemas: one, a list, or a map. https://json-schema.org/draft/2020-12/json-schema-core#section-10 */
export type Form = "one" | "list" | "map";

const forms: Readonly<Record<Form, string>> = {
  one: "additionalItems additionalProperties contains else if items not propertyNames then unevaluatedItems unevaluatedProperties",
  list: "allOf anyOf oneOf prefixItems",
  map: "$defs definitions dependentSchemas patternProperties properties",
};

const table = new Map(
  Object.entries(forms).flatMap(([form, names]) => names.split(" ").map((name) => [name, form as Form])),
);

/** The form in which a keyword holds schemas; `undefined` if it holds a value. */
export function formOf(keyword: string): Form | undefined {
  return table.get(keyword);
}

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

/** Says whether a keyword is about the properties that have no name in the schema. */
export function isOpenness(keyword: string): boolean {
  return keyword === "additionalProperties" || keyword === "unevaluatedProperties";
}
