import { isDeepStrictEqual } from "node:util";
import { escapePointer, isObject } from "../../spec/json-pointer.ts";
import { annotations, formOf } from "./keywords.ts";
import { mergeKeyword } from "./merge-keywords.ts";

export type Schema = Record<string, unknown>;

/** A schema as it is written, and its place. */
export interface Part {
  readonly value: unknown;
  readonly source: string;
  /** The references that were replaced by what they name on the way to this part. */
  readonly within?: readonly string[];
}

/** What the form of a schema depends on. */
interface SchemaContext {
  /** In OpenAPI 3.0, a `$ref` has no siblings: https://spec.openapis.org/oas/v3.0.3#reference-object */
  readonly hasSiblings: boolean;
  /** The named schema is left as a reference; the others are replaced by what they name. */
  keeps(reference: string, target: string): boolean;
  /** What a reference names. */
  resolve(reference: string): Part | undefined;
  /** The place that a node, or a member of a node, has in the source. */
  note(target: string, source: string): void;
  /** Called with every schema, and the parts that it was made of. */
  done(schema: Schema, parts: readonly Part[], target: string): void;
}

interface Located {
  readonly value: unknown;
  readonly source: string;
}

/** The keywords of the parts of a schema. */
interface Flat {
  readonly items: readonly { readonly keywords: Schema; readonly part: Part }[];
  readonly references: readonly Located[];
  readonly nullable: boolean;
}

/**
 * Merges the parts into one schema in the canonical form: no boolean schema, no `const`, no `null` among types or values (it is
 * `nullable`), no `allOf` that can be merged, no `oneOf` of one, nothing that says what is the default.
 */
export function canonicalSchema(context: SchemaContext, parts: readonly Part[], target: string): Schema {
  const flats = parts.map((part) => flatten(context, part, target));
  const references = new Map(flats.flatMap((flat) => flat.references).map((one) => [String(one.value), one]));
  const values = new Map<string, Located>();
  const children = new Map<string, Map<string, Part[]>>();
  const rest: Part[] = [...references.values()]
    .slice(1)
    .map(({ value, source }) => ({ value: { $ref: value }, source }));
  for (const { keywords, part } of flats.flatMap(({ items }) => items)) {
    for (const [keyword, value] of Object.entries(keywords)) {
      const form = formOf(keyword);
      if (value === undefined) continue;
      if (form === undefined) {
        const known = values.get(keyword);
        const merged = known === undefined ? value : mergeKeyword(keyword, known.value, value);
        if (merged === undefined) rest.push({ ...part, value: { [keyword]: value } });
        else values.set(keyword, { value: merged, source: known?.source ?? sourceOf(part, keyword) });
        continue;
      }
      const known = children.get(keyword);
      if (known !== undefined && !isMergeable(keyword)) {
        rest.push({ ...part, value: { [keyword]: value } });
        continue;
      }
      const members = known ?? new Map<string, Part[]>();
      children.set(keyword, members);
      for (const [name, child] of childParts(form, keyword, value, part))
        members.set(name, [...(members.get(name) ?? []), child]);
    }
  }
  const [reference] = references.values();
  const schema: Schema = {};
  context.note(target, parts[0]?.source ?? target);
  const put = (keyword: string, value: unknown, source: string) => {
    schema[keyword] = value;
    context.note(`${target}/${escapePointer(keyword)}`, source);
  };
  if (reference !== undefined) put("$ref", reference.value, reference.source);
  for (const [keyword, { value, source }] of values) put(keyword, value, source);
  for (const [keyword, members] of children) {
    const place = `${target}/${escapePointer(keyword)}`;
    const build = (name: string, own: readonly Part[]) =>
      canonicalSchema(context, own, name === "" ? place : `${place}/${escapePointer(name)}`);
    const form = formOf(keyword);
    if (form === "one") {
      const own = members.get("") ?? [];
      schema[keyword] = isOpenness(keyword) ? openness(own, () => build("", own)) : build("", own);
    } else if (form === "list") schema[keyword] = [...members].map(([name, own]) => build(name, own));
    else schema[keyword] = Object.fromEntries([...members].map(([name, own]) => [name, build(name, own)]));
  }
  if (rest.length > 0)
    schema["allOf"] = rest.map((part, index) => canonicalSchema(context, [part], `${target}/allOf/${index}`));
  if (flats.length > 0 && flats.every(({ nullable }) => nullable))
    put("nullable", true, values.get("type")?.source ?? parts[0]?.source ?? target);
  tidy(schema);
  context.done(schema, parts, target);
  return schema;
}

/** The keywords of a part, of what it refers to, and of the parts of its `allOf`. */
function flatten(context: SchemaContext, part: Part, target: string): Flat {
  const { value, source, within = [] } = part;
  if (value === false) return { items: [{ keywords: { not: {} }, part }], references: [], nullable: false };
  if (!isObject(value)) return { items: [], references: [], nullable: false };
  const { $ref, allOf, nullable: isMarked, ...own } = value;
  const flats: Flat[] = [];
  let references: readonly Located[] = [];
  if (typeof $ref === "string") {
    if (context.keeps($ref, target)) references = [{ value: $ref, source: `${source}/$ref` }];
    else {
      const named = within.includes($ref) ? undefined : context.resolve($ref);
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

/** An object of which nothing is said has properties of any name in TypeScript. */
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

/** The place of a keyword, which may have been written as another one. */
function sourceOf({ value, source }: Part, keyword: string): string {
  const other = { enum: "const", oneOf: "anyOf" }[keyword];
  const isOther = other !== undefined && isObject(value) && value[keyword] === undefined;
  return `${source}/${escapePointer(isOther ? other : keyword)}`;
}

function isNull(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { type, enum: values, const: constant } = value;
  return (
    isDeepStrictEqual([type ?? []].flat(), ["null"]) || constant === null || isDeepStrictEqual(values, [null])
  );
}

/** The alternatives of a `oneOf` or an `anyOf`, without `null`. */
function alternativesOf(alternatives: unknown, part: Part, source: string): Part[] {
  return (Array.isArray(alternatives) ? alternatives : []).flatMap((value: unknown, index) =>
    isNull(value) ? [] : [{ ...part, value, source: `${source}/${index}` }],
  );
}

function childParts(form: string, keyword: string, value: unknown, part: Part): [string, Part][] {
  const source = `${part.source}/${escapePointer(keyword)}`;
  if (form === "one") return [["", { ...part, value, source }]];
  if (keyword === "oneOf" || keyword === "anyOf")
    return alternativesOf(value, part, sourceOf(part, keyword)).map((each, index) => [`${index}`, each]);
  return Object.entries(isObject(value) ? value : {}).map(([name, child]) => [
    name,
    { ...part, value: child, source: `${source}/${escapePointer(name)}` },
  ]);
}

function isMergeable(keyword: string): boolean {
  return formOf(keyword) === "map" || keyword === "items" || isOpenness(keyword);
}

function isOpenness(keyword: string): boolean {
  return keyword === "additionalProperties" || keyword === "unevaluatedProperties";
}

/** `true` for a schema that allows everything: both are the same type. */
function openness(parts: readonly Part[], build: () => Schema): unknown {
  if (parts.some(({ value }) => value === false)) return false;
  const schema = build();
  return Object.keys(schema).length === 0 ? true : schema;
}

/** Spells the keywords of a schema in one way, and removes those that say what is the default. */
function tidy(schema: Schema): void {
  // OpenAPI 3.0 has a format for it: https://spec.openapis.org/registry/format/byte
  if (schema["contentEncoding"] === "base64" && (schema["format"] ?? "byte") === "byte") {
    Reflect.deleteProperty(schema, "contentEncoding");
    schema["format"] = "byte";
  }
  tidyAlternatives(schema);
  tidyTypes(schema);
  for (const [bound, limit, step] of [
    ["minimum", "exclusiveMinimum", 1],
    ["maximum", "exclusiveMaximum", -1],
  ] as const) {
    // In OpenAPI 3.0, an exclusive bound is a flag: https://spec.openapis.org/oas/v3.0.3#properties
    if (schema[limit] === true) {
      schema[limit] = schema[bound];
      Reflect.deleteProperty(schema, bound);
    }
    const value = schema[limit];
    if (schema["type"] !== "integer" || !Number.isInteger(value) || schema[bound] !== undefined) continue;
    schema[bound] = (value as number) + step;
    Reflect.deleteProperty(schema, limit);
  }
  for (const [keyword, value] of Object.entries(schema)) {
    const isEmpty = isObject(value) && Object.keys(value).length === 0;
    const isDefault =
      value === undefined ||
      (value === false && !isOpenness(keyword) && keyword !== "default") ||
      (isEmpty && (keyword === "required" || keyword === "items" || formOf(keyword) === "map")) ||
      (value === 0 && /^min(?:Length|Items|Properties)$/.test(keyword));
    if (isDefault) Reflect.deleteProperty(schema, keyword);
  }
}

/** TypeScript has one union for alternatives, for those of an alternative, for a list of types and for an `enum`. */
function tidyAlternatives(schema: Schema): void {
  if (!Array.isArray(schema["oneOf"])) return;
  const all = (schema["oneOf"] as Schema[]).flatMap((alternative) => {
    if (alternative["nullable"] === true || isNull(alternative)) schema["nullable"] = true;
    Reflect.deleteProperty(alternative, "nullable");
    const { oneOf, ...others } = alternative;
    if (isNull(alternative)) return [];
    return Array.isArray(oneOf) && Object.keys(others).length === 0 ? (oneOf as Schema[]) : [alternative];
  });
  const oneOf = all.filter((one, index) => all.findIndex((other) => isDeepStrictEqual(one, other)) === index);
  schema["oneOf"] = oneOf;
  const structure = Object.keys(schema).filter(
    (keyword) => !annotations.has(keyword) && keyword !== "nullable",
  );
  if (structure.length !== 1) return;
  const holds = (alternative: Schema, names: readonly string[]) =>
    alternative[names[0] ?? ""] !== undefined &&
    Object.keys(alternative).every((name) => names.includes(name));
  const keyword = oneOf.every((each: Schema) => holds(each, ["enum", "type"]))
    ? "enum"
    : oneOf.every((each: Schema) => holds(each, ["type"]))
      ? "type"
      : undefined;
  if (keyword === undefined) return;
  Reflect.deleteProperty(schema, "oneOf");
  schema[keyword] = [...new Set(oneOf.flatMap((each: Schema) => each[keyword]))];
}

function tidyTypes(schema: Schema): void {
  const values = schema["enum"];
  let types = [schema["type"] ?? []].flat().filter((type, _, all) => type !== "null" || all.length === 1);
  if (Array.isArray(values)) {
    const left = values.filter((value) => value !== null);
    if (left.length === 0 && values.length > 0) types = ["null"];
    else if (types.length === 0) types = [...new Set(left.map(typeOfValue))];
    schema["enum"] = left.length > 0 ? left : undefined;
  }
  if (types.length === 0 && schema["$ref"] === undefined && schema["oneOf"] === undefined) {
    if (schema["properties"] !== undefined || schema["additionalProperties"] !== undefined)
      types = ["object"];
    else if (schema["items"] !== undefined) types = ["array"];
  }
  if (schema["$ref"] !== undefined && isDeepStrictEqual(types, ["object"])) types = [];
  schema["type"] =
    types.length > 1 ? types.map(String).toSorted((one, other) => one.localeCompare(other)) : types[0];
}

function typeOfValue(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value !== "number") return typeof value;
  return Number.isInteger(value) ? "integer" : "number";
}
