import type { OpenAPI3 } from "../openapi.ts";
import { isDeepStrictEqual } from "node:util";
import { isNode, type Node } from "../document-shapes.ts";
import { memberOf } from "../json-pointer.ts";
import { deref } from "../reference.ts";

/**
 * Returns `true` if a value compiles as the TypeScript type of a schema. Formats and bounds do not count, because types do not have
 * them. An unknown property of an object counts, because the compiler rejects it in an object literal.
 */
export function fits(document: OpenAPI3, schema: unknown, value: unknown): boolean {
  return fitsAll(document, partsOf(document, schema), value);
}

/** Removes the members of a value, at any depth, that do not fit their schemas. */
export function fittingPart(document: OpenAPI3, schema: unknown, value: unknown): unknown {
  return withFittingMembers(document, partsOf(document, schema), value);
}

function withFittingMembers(document: OpenAPI3, parts: readonly Node[], value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = itemParts(document, parts);
    return value.map((item) => fittingOf(document, items, item)).filter((item) => item !== undefined);
  }
  if (!isNode(value)) return value;
  const members = Object.entries(value).map(([name, member]) => {
    // In TypeScript, an index signature is for all properties.
    const schemas = [...propertiesOf(parts, name), ...additionalSchemas(parts)];
    return [
      name,
      fittingOf(
        document,
        schemas.flatMap((each) => partsOf(document, each)),
        member,
      ),
    ] as const;
  });
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

/** Returns `undefined` for a value that does not fit even without its members that do not fit. */
function fittingOf(document: OpenAPI3, parts: readonly Node[], value: unknown): unknown {
  const part = withFittingMembers(document, parts, value);
  return fitsAll(document, parts, part, false) ? part : undefined;
}

/** The schemas of a member: those of the property, or else those of additional properties. */
function memberSchemas(parts: readonly Node[], name: string): unknown[] {
  const own = propertiesOf(parts, name);
  return own.length > 0 ? own : additionalSchemas(parts);
}

function additionalSchemas(parts: readonly Node[]): Node[] {
  return parts.map((part) => part["additionalProperties"]).filter(isNode);
}

function propertiesOf(parts: readonly Node[], name: string): unknown[] {
  return parts.flatMap(({ properties }) =>
    isNode(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [],
  );
}

/** Lists a schema, the target of its `$ref`, and the parts of its `allOf`. */
export function partsOf(document: OpenAPI3, schema: unknown): Node[] {
  if (!isNode(schema)) return [];
  if (schema["$ref"] === undefined && schema["allOf"] === undefined) return [schema];
  const { $ref, allOf, ...own } = schema;
  const target = $ref === undefined ? [] : partsOf(document, deref(document, { $ref }));
  const parts = Array.isArray(allOf) ? allOf.flatMap((part) => partsOf(document, part)) : [];
  return [own, ...target, ...parts];
}

/** @param checksMembers `false` if the members of the value fit the schemas of the parts. They may still not fit an alternative. */
function fitsAll(document: OpenAPI3, parts: readonly Node[], value: unknown, checksMembers = true): boolean {
  if (value === null && parts.some(({ nullable }) => nullable === true)) return true;
  const union = parts.find(({ oneOf, anyOf }) => Array.isArray(oneOf) || Array.isArray(anyOf));
  if (union !== undefined) {
    const { oneOf, anyOf, ...own } = union;
    const others = [...parts.filter((part) => part !== union), own];
    const alternatives = [oneOf, anyOf].find((each) => Array.isArray(each)) as unknown[];
    return alternatives.some((each) => fitsAll(document, [...others, ...partsOf(document, each)], value));
  }
  return (
    parts.every((part) => fitsValue(part, value)) &&
    (Array.isArray(value)
      ? !checksMembers || value.every((item) => fitsAll(document, itemParts(document, parts), item))
      : !isNode(value) || fitsObject(document, parts, value, checksMembers))
  );
}

/** Checks the types and the values of a schema without its members. */
function fitsValue({ type, format, enum: values, const: constant }: Node, value: unknown): boolean {
  if (format === "binary") return false;
  if (constant !== undefined && !isDeepStrictEqual(constant, value)) return false;
  if (Array.isArray(values) && !values.some((each) => isDeepStrictEqual(each, value))) return false;
  const types = [type ?? []].flat();
  return (
    types.length === 0 ||
    types.includes(typeOf(value)) ||
    (types.includes("integer") && typeof value === "number")
  );
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function itemParts(document: OpenAPI3, parts: readonly Node[]): Node[] {
  return parts.flatMap(({ items }) => partsOf(document, items));
}

function fitsObject(
  document: OpenAPI3,
  parts: readonly Node[],
  value: Node,
  checksMembers: boolean,
): boolean {
  const required = parts.flatMap(({ required: names }) => (Array.isArray(names) ? names.map(String) : []));
  if (required.some((name) => !Object.hasOwn(value, name) && !propertiesOf(parts, name).some(isOfOneSide)))
    return false;
  const isOpen =
    parts.every(({ properties }) => properties === undefined) ||
    parts.some((part) => part["additionalProperties"] === true || part["patternProperties"] !== undefined);
  return Object.entries(value).every(([name, member]) => {
    const schemas = memberSchemas(parts, name);
    if (schemas.length === 0) return isOpen;
    if (!checksMembers) return true;
    return fitsAll(
      document,
      schemas.flatMap((schema) => partsOf(document, schema)),
      member,
    );
  });
}

/** Returns `true` for a property that only requests or only responses have. */
function isOfOneSide(property: unknown): boolean {
  return memberOf(property, "readOnly") === true || memberOf(property, "writeOnly") === true;
}
