import { escapePointer, isObject } from "../../spec/json-pointer.ts";
import { isOpenness } from "./keywords.ts";
import { schemaForm } from "../../spec/document-shapes.ts";
import { mergeKeyword } from "./merge-keywords.ts";
import {
  alternativesOf,
  flatten,
  type Located,
  type Part,
  type Schema,
  type SchemaContext,
  sourceOf,
} from "./schema-parts.ts";
import { tidySchema } from "./tidy-schema.ts";

/**
 * Merges the parts into one schema in the canonical form: no boolean schema, no `const`, no `null` among types or values (it is
 * `nullable`), no `allOf` that can be merged, no `oneOf` of one, no keyword that repeats the default.
 */
export function canonicalSchema(context: SchemaContext, parts: readonly Part[], target: string): Schema {
  const flats = parts.map((part) => flatten(context, part, target));
  const references = new Map(flats.flatMap((flat) => flat.references).map((one) => [String(one.value), one]));
  const values = new Map<string, Located>();
  const children = new Map<string, Map<string, Part[]>>();
  const rest: Part[] = [...references.values()]
    .slice(1)
    .map(({ value, source }) => ({ value: { $ref: value }, source }));
  const found = flats.flatMap(({ items, nullable }) => items.map((item) => ({ ...item, nullable })));
  for (const { keywords, part, nullable } of found) {
    const restOf = (keyword: string, value: unknown): Part => ({
      ...part,
      value: { [keyword]: value, ...(nullable && { nullable }) },
    });
    for (const [keyword, value] of Object.entries(keywords)) {
      const form = schemaForm(keyword);
      if (value === undefined) continue;
      if (form === undefined) {
        const known = values.get(keyword);
        const merged = known === undefined ? value : mergeKeyword(keyword, known.value, value);
        if (merged === undefined) rest.push(restOf(keyword, value));
        else values.set(keyword, { value: merged, source: known?.source ?? sourceOf(part, keyword) });
        continue;
      }
      const known = children.get(keyword);
      if (known !== undefined && !isMergeable(keyword)) {
        rest.push(restOf(keyword, value));
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
    const form = schemaForm(keyword);
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
  tidySchema(schema);
  context.done(schema, parts, target);
  return schema;
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
  return schemaForm(keyword) === "map" || keyword === "items" || isOpenness(keyword);
}

/** Replaces a schema that allows everything by `true`: both have the same type. */
function openness(parts: readonly Part[], build: () => Schema): unknown {
  if (parts.some(({ value }) => value === false)) return false;
  const schema = build();
  return Object.keys(schema).length === 0 ? true : schema;
}
