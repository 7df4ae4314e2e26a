import { isDeepStrictEqual } from "node:util";
import { escapePointer, isObject } from "../../spec/json-pointer.ts";
import { annotations } from "./keywords.ts";

export type Schema = Record<string, unknown>;

/** A schema as it is written, and its place. */
export interface Part {
  readonly value: unknown;
  readonly source: string;
  /** The references that were replaced by their targets on the way to this part. */
  readonly within?: readonly string[];
}

/** The document that a schema belongs to, as the canonical form needs it. */
export interface SchemaContext {
  /** In OpenAPI 3.0, a `$ref` has no siblings: https://spec.openapis.org/oas/v3.0.3#reference-object */
  readonly hasSiblings: boolean;
  /** Returns `true` for a reference to a component. */
  isComponent(reference: string): boolean;
  /** Returns `true` if a reference to a named schema stays. Any other reference is replaced by its target. */
  keeps(reference: string, target: string): boolean;
  /** Returns the node that a reference points to. */
  resolve(reference: string): Part | undefined;
  /** Records the place in the source of a node, or of a member of a node. */
  note(target: string, source: string): void;
  /** Receives every finished schema, with its parts. */
  done(schema: Schema, parts: readonly Part[], target: string): void;
}

export interface Located {
  readonly value: unknown;
  readonly source: string;
}

/** The keywords of the parts of a schema. */
export interface Flat {
  readonly items: readonly { readonly keywords: Schema; readonly part: Part }[];
  readonly references: readonly Located[];
  readonly nullable: boolean;
}

/** Collects the keywords of a part, of its reference, and of the parts of its `allOf`. */
export function flatten(context: SchemaContext, part: Part, target: string): Flat {
  const { value, source, within = [] } = part;
  if (value === false) return { items: [{ keywords: { not: {} }, part }], references: [], nullable: false };
  if (!isObject(value)) return { items: [], references: [], nullable: false };
  const { $ref, allOf, nullable: isMarked, ...own } = value;
  const flats: Flat[] = [];
  let references: readonly Located[] = [];
  if (typeof $ref === "string") {
    if (context.keeps($ref, target)) references = [{ value: $ref, source: `${source}/$ref` }];
    else {
      // A component is replaced twice, because the items of a tree are trees. More often would never end.
      const isEndless = within.filter((one) => one === $ref).length > (context.isComponent($ref) ? 1 : 0);
      const named = isEndless ? undefined : context.resolve($ref);
      if (named !== undefined) flats.push(flatten(context, { ...named, within: [...within, $ref] }, target));
    }
    if (!context.hasSiblings)
      return join({ items: [], references, nullable: false }, flats, flats.length > 0);
  }
  for (const [index, each] of (Array.isArray(allOf) ? allOf : []).entries())
    flats.push(flatten(context, { ...part, value: each, source: `${source}/allOf/${index}` }, target));
  let nullable = isMarked === true;
  const structure = Object.keys(value).filter(
    (keyword) => !annotations.has(keyword) && keyword !== "nullable",
  );
  if (own["anyOf"] !== undefined && structure.length === 1) {
    own["oneOf"] = own["anyOf"];
    Reflect.deleteProperty(own, "anyOf");
  }
  for (const keyword of ["oneOf", "anyOf"] as const) {
    const all = own[keyword];
    if (!Array.isArray(all)) continue;
    const left = alternativesOf(all, part, sourceOf(part, keyword));
    nullable ||= all.some(isNull) && left.length > 0;
    const [only] = left;
    if (left.length !== 1 || only === undefined) continue;
    Reflect.deleteProperty(own, keyword);
    const flat = flatten(context, only, target);
    nullable ||= flat.nullable;
    flats.push(flat);
  }
  // `format: binary` is a type of its own, `Blob`.
  if (own["format"] === "binary") {
    own["type"] = ["binary", ...[own["type"]].flat().filter((each) => each === "null")];
    Reflect.deleteProperty(own, "format");
  }
  if (isEmptyObject(value)) own["additionalProperties"] = true;
  const { type, const: constant, enum: values } = own;
  if (constant !== undefined) {
    Reflect.deleteProperty(own, "const");
    own["enum"] = [constant];
  }
  const types = [type ?? []].flat();
  nullable ||= types.includes("null") && types.length > 1;
  nullable ||= Array.isArray(values) && values.includes(null) && values.length > 1;
  const isOwn = ["type", "enum", "properties"].some((keyword) => own[keyword] !== undefined);
  return join({ items: [{ keywords: own, part }], references, nullable }, flats, !isOwn);
}

/** Returns `true` if an object has no keyword about its properties. TypeScript then allows properties of any name. */
function isEmptyObject({ type, properties = {}, ...others }: Schema): boolean {
  const says = [
    "additionalProperties",
    "patternProperties",
    "allOf",
    "anyOf",
    "oneOf",
    "enum",
    "const",
    "$ref",
  ];
  const isEmpty = isObject(properties) && Object.keys(properties).length === 0;
  return (
    [type].flat().includes("object") && isEmpty && says.every((keyword) => others[keyword] === undefined)
  );
}

/** Adds the parts of an `allOf`; `null` satisfies it if it satisfies all of them. */
function join(own: Flat, flats: readonly Flat[], counts: boolean): Flat {
  const inherits = counts && flats.length > 0 && own.references.length === 0;
  return {
    items: [...own.items, ...flats.flatMap(({ items }) => items)],
    references: [...own.references, ...flats.flatMap(({ references }) => references)],
    nullable: own.nullable || (inherits && flats.every(({ nullable }) => nullable)),
  };
}

/** The place of a keyword. `const` may stand for `enum`, and `anyOf` for `oneOf`. */
export function sourceOf({ value, source }: Part, keyword: string): string {
  const other = { enum: "const", oneOf: "anyOf" }[keyword];
  const isOther = other !== undefined && isObject(value) && value[keyword] === undefined;
  return `${source}/${escapePointer(isOther ? other : keyword)}`;
}

/** Returns `true` for a schema that only `null` satisfies, also behind a `oneOf`, `anyOf` or `allOf`. */
export function isNull(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { type, enum: values, const: constant, oneOf, anyOf, allOf } = value;
  const parts = oneOf ?? anyOf ?? allOf;
  return (
    isDeepStrictEqual([type ?? []].flat(), ["null"]) ||
    constant === null ||
    isDeepStrictEqual(values, [null]) ||
    (Array.isArray(parts) && parts.length > 0 && parts.every(isNull))
  );
}

/** The alternatives of a `oneOf` or an `anyOf`, without `null`. */
export function alternativesOf(alternatives: unknown, part: Part, source: string): Part[] {
  return (Array.isArray(alternatives) ? alternatives : []).flatMap((value: unknown, index) =>
    isNull(value) ? [] : [{ ...part, value, source: `${source}/${index}` }],
  );
}
