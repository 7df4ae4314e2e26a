import type { OpenAPI3 } from "../openapi.ts";
import {
  at,
  isNode,
  type Node,
  type Position,
  positionsWithin,
  put,
  type Shape,
} from "../document-shapes.ts";
import { escapePointer, unescapePointer } from "../json-pointer.ts";
import { modelName, targetOf } from "../reference.ts";
import { Names, pascalCase } from "../../naming/names.ts";
import { deprecationDetails } from "./deprecation.ts";
import { textOf } from "../text-of.ts";
import { effects, type Diagnostic } from "../diagnostic.ts";

const sections: Readonly<Partial<Record<Shape, string>>> = {
  schema: "schemas",
  response: "responses",
  parameter: "parameters",
  body: "requestBodies",
  pathItem: "pathItems",
};

/**
 * Normalizes a document for the emitters: every `$ref` refers to an existing component, boolean schemas become objects, the keywords
 * beside a `$ref` become an `allOf`, and no schema is composed of itself. Changes the document.
 *
 * @returns the parts that were removed
 */
export function normalizeDocument(document: OpenAPI3): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const whole: object = document;
  const root = whole as Node;
  const joinsSiblings = !document.openapi.startsWith("3.0");
  const schemas = ((root["components"] as Node | undefined)?.["schemas"] ?? {}) as Node;
  Reflect.deleteProperty(schemas, "");
  const names = new Names(Object.keys(schemas));
  const lifted = new Map<string, string>();
  const seen = new Set<object>();

  const walk = (position: Position, pointer: string): void => {
    normalizePosition(position, pointer);
    const object = at(position);
    if (!isNode(object) || seen.has(object)) return;
    seen.add(object);
    for (const [within, place] of readablePositions(object, position.shape, pointer)) walk(within, place);
  };

  const readablePositions = (object: Node, shape: Shape, pointer: string) => {
    const places = positionsWithin(object, shape).map((within) => {
      const path = within.holder === object ? "" : `/${escapePointer(within.keyword)}`;
      return [within, `${pointer}${path}/${escapePointer(within.key)}`] as const;
    });
    return places.filter(([{ holder, key }, place]) => {
      if (isReadable(key)) return true;
      Reflect.deleteProperty(holder, key);
      diagnostics.push(unreadableName(place, key));
      return false;
    });
  };

  const normalizePosition = (position: Position, pointer: string): void => {
    const value = at(position);
    if (position.shape === "schema" && typeof value === "boolean") {
      if (!/^(?:additional|unevaluated)/.test(position.keyword)) put(position, value ? {} : { not: {} });
      return;
    }
    if (!isNode(value)) {
      if (value !== undefined) put(position, {});
      return;
    }
    if (position.shape === "schema") dropMalformed(value);
    const deprecation = deprecationDetails(value);
    if (deprecation !== "")
      value["description"] = `${textOf(value["description"])}\n\nDeprecated${deprecation}.`.trim();
    if (position.shape === "document") dropExtensions(value["paths"]);
    if (position.shape === "operation") dropExtensions(value["responses"]);
    // OpenAPI does not allow a reference here, but specs have it.
    if (isNode(value["content"]) && "$ref" in value["content"])
      value["content"] = structuredClone(targetOf(root, value["content"]["$ref"]) ?? {});
    if (!Object.hasOwn(value, "$ref")) return;
    const target = targetOf(root, value["$ref"]);
    if (target === undefined || (position.shape === "schema" && typeof target === "boolean")) {
      put(position, target === false ? { not: {} } : {});
    } else if (!namesComponent(value["$ref"], position.shape))
      put(position, lift(value, target, position.shape, pointer));
    const { $ref, ...siblings } = at(position) as Node;
    if (position.shape === "schema" && $ref !== undefined && joinsSiblings && saysMore(siblings))
      put(position, {
        ...siblings,
        allOf: [{ $ref }, ...((siblings["allOf"] as unknown[] | undefined) ?? [])],
      });
  };

  /** Makes a component of a schema, because it may be recursive. Copies the target of any other reference. */
  const lift = (reference: Node, target: unknown, shape: Shape, pointer: string): unknown => {
    if (target === root || target === root["components"] || target === schemas) {
      diagnostics.push({
        pointer,
        message: `The $ref ${JSON.stringify(reference["$ref"])} does not refer to a schema.`,
        effect: effects.schema,
        remedy: "Point it at a schema.",
      });
      return {};
    }
    if (shape !== "schema") return structuredClone(target);
    const path = String(reference["$ref"]);
    let name = lifted.get(path);
    if (name === undefined) {
      name = names.claim(pascalCase(path.split("/").slice(-2).map(unescapePointer).join(" ")) || "Schema");
      lifted.set(path, name);
      root["components"] = { ...(root["components"] as Node | undefined), schemas };
      put({ holder: schemas, key: name }, structuredClone(target));
      walk({ holder: schemas, key: name, shape, keyword: "schemas" }, path);
    }
    return { ...reference, $ref: `#/components/schemas/${escapePointer(name)}` };
  };

  // First, so that no reference to a removed component stays.
  if (isNode(root["components"])) readablePositions(root["components"], "components", "#/components");
  walk({ holder: { root }, key: "root", shape: "document", keyword: "" }, "#");
  return [...diagnostics, ...breakComposition(schemas)];
}

/** Returns `true` for a name that openapi-typescript can decode: it decodes pointers like URLs. */
function isReadable(name: string): boolean {
  try {
    return decodeURIComponent(name) !== undefined;
  } catch {
    return false;
  }
}

/** Removes malformed keywords, also in places that the linter does not check. */
function dropMalformed(schema: Node): void {
  for (const keyword of ["required", "enum", "allOf", "anyOf", "oneOf", "prefixItems"])
    if (schema[keyword] !== undefined && !Array.isArray(schema[keyword])) delete schema[keyword];
  for (const keyword of ["properties", "patternProperties", "$defs"])
    if (schema[keyword] !== undefined && !isNode(schema[keyword])) delete schema[keyword];
  const { discriminator } = schema;
  if (
    discriminator !== undefined &&
    !(isNode(discriminator) && typeof discriminator["propertyName"] === "string")
  )
    delete schema["discriminator"];
}

/** Removes the extensions from a map whose members openapi-typescript reads. */
function dropExtensions(map: unknown): void {
  if (isNode(map)) for (const name of Object.keys(map)) if (name.startsWith("x-")) delete map[name];
}

function unreadableName(pointer: string, name: string): Diagnostic {
  return {
    pointer,
    message: `The name ${JSON.stringify(name)} has a percent sign that is not part of a percent-encoding.`,
    effect: "It is left out.",
    remedy: "Remove the percent sign, or write %25.",
  };
}

function namesComponent(reference: unknown, shape: Shape): boolean {
  const [, section, name, ...more] = String(reference).replace(/^#\//, "").split("/");
  return (
    name !== undefined &&
    more.length === 0 &&
    (section === sections[shape] || (shape === "parameter" && section === "headers"))
  );
}

/** Returns `true` if keywords beside a `$ref` change the type, and do not only describe it. */
function saysMore(siblings: Node): boolean {
  return ["allOf", "anyOf", "const", "enum", "oneOf", "properties", "required", "type"].some((keyword) =>
    Object.hasOwn(siblings, keyword),
  );
}

/**
 * Breaks cycles of `allOf`, `anyOf` and `oneOf`, because a TypeScript type cannot be composed of itself. Recursion through a property or an
 * item stays.
 */
function breakComposition(schemas: Node): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const done = new Set<string>();
  const open = new Set<string>();
  const visitModel = (name: string) => {
    if (done.has(name)) return;
    open.add(name);
    visit(
      { holder: schemas, key: name, shape: "schema", keyword: "" },
      `#/components/schemas/${escapePointer(name)}`,
    );
    open.delete(name);
    done.add(name);
  };
  const visit = (position: Position, pointer: string): void => {
    const schema = at(position);
    if (!isNode(schema)) return;
    const name = modelName(schema);
    if (name !== undefined && open.has(name)) {
      put(position, {});
      diagnostics.push({
        pointer,
        message: `The schema is composed of ${name}, which is composed of it.`,
        effect: effects.schema,
        remedy: "Refer to the schema from a property or an item instead.",
      });
    } else if (name !== undefined && Object.hasOwn(schemas, name)) visitModel(name);
    for (const within of positionsWithin(schema, "schema"))
      if (["allOf", "anyOf", "oneOf"].includes(within.keyword))
        visit(within, `${pointer}/${within.keyword}/${within.key}`);
  };
  for (const name of Object.keys(schemas)) visitModel(name);
  return diagnostics;
}
