import { httpMethods } from "./http-methods.ts";

/** The kinds of objects of an OpenAPI document that contain schemas. */
export type Shape =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "body"
  | "response"
  | "media"
  | "encoding"
  | "schema";

type Form = "one" | "list" | "map";
type Members = Readonly<Record<string, readonly [Form, Shape]>>;

const one = (names: string, shape: Shape): Members => members(names, "one", shape);
const list = (names: string, shape: Shape): Members => members(names, "list", shape);
const map = (names: string, shape: Shape): Members => members(names, "map", shape);

/** The members of each kind. Callbacks are left out, because no emitter reads them. https://spec.openapis.org/oas/v3.1.0#schema, and for schemas JSON Schema, from draft 5 to 2020-12. */
const shapes: Readonly<Record<Shape, Members>> = {
  document: { ...map("paths webhooks", "pathItem"), ...one("components", "components") },
  components: {
    ...map("schemas", "schema"),
    ...map("responses", "response"),
    ...map("parameters headers", "parameter"),
    ...map("requestBodies", "body"),
    ...map("pathItems", "pathItem"),
  },
  pathItem: { ...list("parameters", "parameter"), ...one(httpMethods.join(" "), "operation") },
  operation: {
    ...list("parameters", "parameter"),
    ...one("requestBody", "body"),
    ...map("responses", "response"),
  },
  parameter: { ...one("schema", "schema"), ...map("content", "media") },
  body: map("content", "media"),
  response: { ...map("content", "media"), ...map("headers", "parameter") },
  media: { ...one("schema", "schema"), ...map("encoding", "encoding") },
  encoding: map("headers", "parameter"),
  schema: {
    ...one("additionalItems additionalProperties contains else if items not propertyNames then", "schema"),
    ...one("unevaluatedItems unevaluatedProperties", "schema"),
    ...list("allOf anyOf oneOf prefixItems", "schema"),
    ...map("$defs definitions dependentSchemas patternProperties properties", "schema"),
  },
};

function members(names: string, form: Form, shape: Shape): Members {
  return Object.fromEntries(names.split(" ").map((name) => [name, [form, shape] as const]));
}

/** Returns the form in which a keyword holds other schemas; `undefined` if it holds a value. */
export function schemaForm(keyword: string): Form | undefined {
  return Object.hasOwn(shapes.schema, keyword) ? shapes.schema[keyword]?.[0] : undefined;
}

export type Node = Record<string, unknown>;

/** A place in a document that holds an object of a shape. */
export interface Position {
  readonly holder: Node | unknown[];
  readonly key: string;
  readonly shape: Shape;
  /** The keyword of the containing schema. */
  readonly keyword: string;
}

/** Lists the places directly within an object. */
export function positionsWithin(object: Node, shape: Shape): Position[] {
  const found: Position[] = [];
  for (const keyword of Object.keys(object)) {
    const member = Object.hasOwn(shapes[shape], keyword) ? shapes[shape][keyword] : undefined;
    if (member === undefined) continue;
    const value = object[keyword];
    // Before JSON Schema 2020-12, a list of items was a tuple.
    const form = Array.isArray(value) && keyword === "items" ? "list" : member[0];
    if (form === "one") found.push({ holder: object, key: keyword, shape: member[1], keyword });
    else if (Array.isArray(value) || (form === "map" && isNode(value))) {
      for (const key of Object.keys(value)) {
        // Paths and responses may have extensions among them.
        const isExtension =
          form === "map" && (shape === "document" || shape === "operation") && key.startsWith("x-");
        if (!isExtension) found.push({ holder: value as Node, key, shape: member[1], keyword });
      }
    }
  }
  return found;
}

export function at({ holder, key }: Pick<Position, "holder" | "key">): unknown {
  return (holder as Node)[key];
}

/** Sets a member. Unlike an assignment, it can set `__proto__`. */
export function put({ holder, key }: Pick<Position, "holder" | "key">, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
