import type { OpenAPI3 } from "../../spec/openapi.ts";
import { ignoredHeaders } from "../../model/build-parameters.ts";
import { nameModels } from "../../naming/name-models.ts";
import { parametersName } from "../../naming/name-operations.ts";
import { breakCycles } from "../../spec/normalize/break-cycles.ts";
import { isHttpMethod } from "../../spec/http-methods.ts";
import { escapePointer, isObject, memberOf, nodeAt, unescapePointer } from "../../spec/json-pointer.ts";
import { deref } from "../../spec/reference.ts";
import { memberType, type NodeType, nodeType } from "./node-types.ts";
import { canonicalSchema } from "./canonical-schema.ts";
import { nameMethods } from "./name-methods.ts";
import type { Part, Schema } from "./schema-parts.ts";
import { referencesOf, removeReferences } from "./schema-references.ts";
import { tidyParameter } from "./tidy-parameter.ts";

/** A reference in a document, and its place. */
export interface Reference {
  /** The component that it names, such as `schemas/Pet`. */
  readonly component: string;
  readonly pointer: string;
}

/** Members whose default is `false`. */
const flags = new Set(["required", "deprecated", "allowEmptyValue", "allowReserved", "x-experimental"]);

/**
 * A document in the canonical form, in which documents are compared. It is OpenAPI 3.1 plus `nullable`. Each operation holds the
 * parameters and servers of its path and the security of the document, and has the name of its method as its `operationId`.
 * Only references to components stay.
 */
export class CanonicalDocument {
  readonly document: OpenAPI3;
  readonly references: readonly Reference[];
  /** The operations, by the name of their method. */
  readonly operations: ReadonlyMap<string, Schema>;
  /** The types of the arguments of the methods that take one, by method. */
  readonly parameterTypes: ReadonlyMap<string, string | undefined>;
  /** The types of the named schemas, by schema. */
  readonly modelTypes: ReadonlyMap<string, string>;
  readonly #described: OpenAPI3;
  readonly #found: Reference[] = [];
  readonly #sources = new Map<string, string>();
  readonly #parts = new WeakMap<Schema, readonly Part[]>();
  readonly #inlined: string[] = [];

  constructor(described: OpenAPI3) {
    breakCycles(described);
    this.#described = described;
    this.document = this.#node(nodeType("Root"), described, "#", "#") as OpenAPI3;
    Reflect.deleteProperty(this.document.components ?? {}, "pathItems");
    const { names, scope } = nameModels(Object.keys(this.document.components?.schemas ?? {}));
    this.modelTypes = names;
    this.operations = nameMethods(this.document);
    this.parameterTypes = new Map(
      [...this.operations].map(([id, operation]) => {
        const takesAny = operation["requestBody"] !== undefined || listOf(operation["parameters"]).length > 0;
        const name = parametersName(id, scope);
        return [id, takesAny ? name : undefined];
      }),
    );
    this.references = [...this.#found];
  }

  /** Maps a pointer of this document to the pointer of the same node in the source. */
  sourceOf(pointer: string): string {
    const known = this.#sources.get(pointer);
    if (known !== undefined || pointer === "#") return known ?? pointer;
    const end = pointer.lastIndexOf("/");
    return this.sourceOf(pointer.slice(0, end)) + pointer.slice(end);
  }

  /** Replaces the references of a schema by their targets, and removes the references in `without`. */
  expand(schema: Schema, target: string, without: ReadonlySet<string>): Schema {
    const parts = this.#parts.get(schema) ?? [];
    return this.#schema(parts, target, without);
  }

  #node(type: NodeType, value: unknown, source: string, target: string): unknown {
    if (!isObject(value)) return value;
    if (source !== target) this.#sources.set(target, source);
    if (type.name === "Schema") return this.#schema([{ value, source }], target);
    if (type.name === "Paths" || type.name === "WebhooksMap") return this.#paths(value, source);
    if (typeof value["$ref"] === "string" && type.name !== "DiscriminatorMapping")
      return this.#reference(type, value["$ref"], target);
    if (Array.isArray(value)) {
      return value.map((item, index) => this.#member(type, item, `${index}`, source, target));
    }
    const entries = Object.entries(value)
      .filter(([name, member]) => member !== undefined && !(member === false && flags.has(name)))
      .map(([name, member]) => [name, this.#member(type, member, name, source, target)]);
    const node = Object.fromEntries(entries) as Schema;
    if (type.name === "Parameter" || type.name === "Header") tidyParameter(node);
    if (type.name === "MediaType") node["schema"] ??= this.#schema([], `${target}/schema`);
    return node;
  }

  #member(type: NodeType, value: unknown, name: string, source: string, target: string): unknown {
    const step = `/${escapePointer(name)}`;
    const isValue = name.startsWith("x-") && type.additionalProperties === undefined;
    const member = isValue ? undefined : memberType(type, name, value);
    if (member === undefined) return value;
    // A schema may be a boolean.
    if (member.name === "Schema") return this.#schema([{ value, source: source + step }], target + step);
    return this.#node(member, value, source + step, target + step);
  }

  /** Keeps a reference to a component, and replaces any other by its target. */
  #reference(type: NodeType, $ref: string, target: string): unknown {
    if (this.#isComponent($ref) && type.name !== "PathItem") {
      this.#note($ref, target);
      return { $ref };
    }
    const named = this.#resolve($ref);
    if (named === undefined || this.#inlined.includes($ref)) return {};
    this.#inlined.push($ref);
    const node = this.#node(type, named.value, named.source, target);
    this.#inlined.pop();
    return node;
  }

  #schema(parts: readonly Part[], target: string, without?: ReadonlySet<string>): Schema {
    const isExpansion = without !== undefined;
    return canonicalSchema(
      {
        hasSiblings: !this.#described.openapi.startsWith("3.0"),
        isComponent: ($ref) => this.#isComponent($ref),
        keeps: ($ref, place) =>
          this.#isComponent($ref) && !(isExpansion && place === target && !without.has($ref)),
        resolve: ($ref) => this.#resolve($ref),
        note: (place, source) => {
          if (place !== source) this.#sources.set(place, source);
        },
        done: (schema, own, place) => {
          this.#parts.set(schema, own);
          if (isExpansion && place === target) removeReferences(schema, without);
          else if (!isExpansion) for (const $ref of referencesOf(schema)) this.#note($ref, place);
        },
      },
      parts,
      target,
    );
  }

  #note($ref: string, pointer: string): void {
    this.#found.push({ component: $ref.slice("#/components/".length), pointer });
  }

  #isComponent($ref: string): boolean {
    return /^#\/components\/[^/]+\/[^/]+$/.test($ref) && this.#resolve($ref) !== undefined;
  }

  #resolve($ref: string): Part | undefined {
    if (!$ref.startsWith("#/")) return undefined;
    const tokens = $ref.split("/").slice(1).map(unescapePointer);
    const value = nodeAt(this.#described, tokens);
    return value === undefined ? undefined : { value, source: `#/${tokens.map(escapePointer).join("/")}` };
  }

  /** Moves the parameters and servers of each path item into its operations. */
  #paths(paths: unknown, place: string): Record<string, unknown> {
    const entries = Object.entries(isObject(paths) ? paths : {}).map(([path, written]) => {
      const target = `${place}/${escapePointer(path)}`;
      if (path.startsWith("x-")) return [path, written];
      return [path, this.#pathItem(path, written, target, target)];
    });
    return Object.fromEntries(entries);
  }

  #pathItem(path: string, written: unknown, source: string, target: string): unknown {
    const $ref = memberOf(written, "$ref");
    const named = typeof $ref === "string" ? this.#resolve($ref) : { value: written, source };
    const item = deref<Schema>(this.#described, written);
    const place = named?.source ?? source;
    const { parameters, servers, ...members } = item;
    return Object.fromEntries(
      Object.entries(members).map(([name, member]) => {
        if (!isHttpMethod(name) || !isObject(member))
          return [name, this.#member(nodeType("PathItem"), member, name, place, target)];
        const own = `${target}/${name}`;
        const { parameters: ownParameters, ...rest } = member;
        const operation = this.#node(nodeType("Operation"), rest, `${place}/${name}`, own) as Schema;
        const { security } = this.#described;
        if (rest["security"] === undefined && security !== undefined) {
          operation["security"] = security;
          this.#sources.set(`${own}/security`, "#/security");
        }
        if (rest["servers"] === undefined && servers !== undefined)
          operation["servers"] = this.#node(
            nodeType("ServerList"),
            servers,
            `${place}/servers`,
            `${own}/servers`,
          );
        operation["parameters"] = this.#parameters(path, own, [
          [ownParameters, `${place}/${name}/parameters`],
          [parameters, `${place}/parameters`],
        ]);
        return [name, operation];
      }),
    );
  }

  #parameters(path: string, target: string, lists: readonly (readonly [unknown, string])[]): unknown[] {
    const found = new Map<string, unknown>();
    for (const [list, source] of lists) {
      for (const [index, written] of (Array.isArray(list) ? list : []).entries()) {
        const { name, in: place } = deref<{ name?: unknown; in?: unknown }>(this.#described, written);
        const key = `${String(place)} ${String(name)}`;
        const isIgnored =
          (place === "header" && ignoredHeaders.has(String(name).toLowerCase())) ||
          (place === "path" && path.startsWith("/") && !path.includes(`{${String(name)}}`));
        if (found.has(key) || isIgnored) continue;
        const own = `${target}/parameters/${found.size}`;
        found.set(key, this.#node(nodeType("Parameter"), written, `${source}/${index}`, own));
      }
    }
    return [...found.values()];
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
