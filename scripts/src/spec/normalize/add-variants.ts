import type { OpenAPI3 } from "../openapi.ts";
import { Names } from "../../naming/names.ts";
import {
  at,
  isNode,
  type Node,
  type Position,
  positionsWithin,
  put,
  type Shape,
} from "../document-shapes.ts";
import { escapePointer, memberOf } from "../json-pointer.ts";
import { deref, modelName } from "../reference.ts";
import { partsOf } from "./fits.ts";

type Marker = "readOnly" | "writeOnly";

/**
 * Gives requests schemas without `readOnly` properties, and responses schemas without `writeOnly` ones, at every depth (OpenAPI 3.1.0,
 * section 4.8.24.2). A named schema that differs gets a variant of its own, such as `PetRequest`. Changes the document.
 */
export function addVariants(document: OpenAPI3): void {
  const schemas = (document.components?.schemas ?? {}) as Node;
  const names = new Names(Object.keys(schemas));
  const request = new Variants(document, schemas, names, "readOnly", "Request");
  const response = new Variants(document, schemas, names, "writeOnly", "Response");
  const root: object = document;
  visitBodies({ holder: { root }, key: "root", shape: "document", keyword: "" }, (media, shape) => {
    const schema = memberOf(media, "schema");
    if (isNode(schema)) media["schema"] = (shape === "body" ? request : response).of(schema);
  });
}

function visitBodies(position: Position, visit: (media: Node, shape: Shape) => void): void {
  const object = at(position);
  if (!isNode(object) || position.shape === "schema") return;
  for (const within of positionsWithin(object, position.shape)) {
    const inner = at(within);
    if (within.shape === "media" && isNode(inner)) visit(inner, position.shape);
    else visitBodies(within, visit);
  }
}

/** The variants of schemas for one direction. */
class Variants {
  readonly #document: OpenAPI3;
  readonly #schemas: Node;
  readonly #names: Names;
  readonly #marker: Marker;
  readonly #suffix: string;
  /** The named schemas that contain a marked property at any depth. */
  readonly #different: ReadonlySet<string>;
  readonly #variants = new Map<string, string>();

  constructor(document: OpenAPI3, schemas: Node, names: Names, marker: Marker, suffix: string) {
    this.#document = document;
    this.#schemas = schemas;
    this.#names = names;
    this.#marker = marker;
    this.#suffix = suffix;
    this.#different = this.#findDifferent();
  }

  /** Returns the variant of a schema: itself if nothing is marked. */
  of(schema: Node): Node {
    return this.#isDifferent(schema) ? this.#copy(schema) : schema;
  }

  #copy(schema: Node): Node {
    const { example: _, examples: __, ...copy } = schema;
    const name = modelName(schema);
    if (name !== undefined && this.#different.has(name)) copy["$ref"] = this.#variantOf(name);
    const marked = this.#markedNames(schema);
    if (isNode(copy["properties"]))
      copy["properties"] = Object.fromEntries(
        Object.entries(copy["properties"]).filter(([property]) => !marked.has(property)),
      );
    if (Array.isArray(copy["required"]))
      copy["required"] = copy["required"].filter((property) => !marked.has(String(property)));
    const mapping = memberOf(copy["discriminator"], "mapping");
    if (isNode(mapping)) {
      const entries = Object.entries(mapping).map(([value, target]) => {
        const component = modelName({ $ref: target });
        return [
          value,
          component !== undefined && this.#different.has(component) ? this.#variantOf(component) : target,
        ];
      });
      copy["discriminator"] = { ...(copy["discriminator"] as Node), mapping: Object.fromEntries(entries) };
    }
    for (const { holder, key, keyword } of positionsWithin(copy, "schema")) {
      const inner = at({ holder, key });
      if (!isNode(inner) || !this.#isDifferent(inner)) continue;
      if (holder === schema[keyword]) copy[keyword] = Array.isArray(holder) ? [...holder] : { ...holder };
      put({ holder: (holder === copy ? copy : copy[keyword]) as Node, key }, this.#copy(inner));
    }
    return copy;
  }

  #variantOf(name: string): string {
    let variant = this.#variants.get(name);
    if (variant === undefined) {
      variant = this.#names.claim(`${name}${this.#suffix}`);
      this.#variants.set(name, variant);
      put({ holder: this.#schemas, key: variant }, this.#copy(this.#schemas[name] as Node));
    }
    return `#/components/schemas/${escapePointer(variant)}`;
  }

  /** The names of the marked properties of a schema and of the schemas that it is composed of. */
  #markedNames(schema: unknown): Set<string> {
    const properties = partsOf(this.#document, schema).flatMap((part) =>
      Object.entries(isNode(part["properties"]) ? part["properties"] : {}),
    );
    return new Set(properties.filter(([, property]) => this.#isMarked(property)).map(([name]) => name));
  }

  #isMarked(property: unknown): boolean {
    const isOwn = memberOf(property, this.#marker) === true;
    return isOwn || memberOf(deref(this.#document, property), this.#marker) === true;
  }

  #isDifferent(schema: Node, different = this.#different): boolean {
    const name = modelName(schema);
    if (name !== undefined && different.has(name)) return true;
    const properties = isNode(schema["properties"]) ? Object.values(schema["properties"]) : [];
    if (properties.some((property) => this.#isMarked(property))) return true;
    return positionsWithin(schema, "schema").some((position) => {
      const inner = at(position);
      return isNode(inner) && this.#isDifferent(inner, different);
    });
  }

  #findDifferent(): Set<string> {
    const found = new Set<string>();
    let size: number;
    do {
      size = found.size;
      for (const [name, schema] of Object.entries(this.#schemas))
        if (isNode(schema) && !found.has(name) && this.#isDifferent(schema, found)) found.add(name);
    } while (found.size > size);
    return found;
  }
}
