import { isDeepStrictEqual } from "node:util";
import type { CanonicalDocument } from "../canonical/canonical-document.ts";
import { referencesOf } from "../canonical/schema-references.ts";
import { schemaForm } from "../../spec/document-shapes.ts";
import { preferredMediaType } from "../../spec/media-type.ts";
import { escapePointer, isObject, memberOf } from "../../spec/json-pointer.ts";
import { deref } from "../../spec/reference.ts";
import { type Alternatives, alternativesOf } from "./alternatives.ts";
import { child, type Difference, type Side } from "./difference.ts";
import { expanded, member, type SchemaSide, whole } from "./expand.ts";
import { memberType, type NodeType, nodeType } from "../canonical/node-types.ts";
import { type Match, matchItems, matchMembers } from "./matches.ts";

/** Finds every difference of two documents along Redocly's type tree of OpenAPI. Each node is visited once, however often it is used. */
export function findDifferences(base: CanonicalDocument, head: CanonicalDocument): Difference[] {
  const finder = new Finder(base, head);
  finder.compare(
    nodeType("Root"),
    { pointer: "#", value: base.document },
    { pointer: "#", value: head.document },
  );
  return finder.differences;
}

/** Types of nodes that only hold members. An absent node of these types equals an empty one. */
const containers = new Set(["PathItem", "Components", "Responses"]);

class Finder {
  readonly differences: Difference[] = [];
  readonly #base: CanonicalDocument;
  readonly #head: CanonicalDocument;
  readonly #documents: Parameters<typeof matchItems>[0];
  readonly #renamed: ReadonlyMap<string, string>;
  /** The matches of different references on the current path, outermost first. */
  readonly #chain: string[] = [];
  /** The matches that were compared inside others, by operation or component. */
  readonly #followed = new Set<string>();

  constructor(base: CanonicalDocument, head: CanonicalDocument) {
    this.#base = base;
    this.#head = head;
    this.#documents = [base.document, head.document];
    const [old, current] = [base, head].map(({ document }) => document.components?.schemas ?? {});
    const matches = matchMembers(old ?? {}, current ?? {}, "NamedSchemas");
    const toReference = (name: string) => `#/components/schemas/${escapePointer(name)}`;
    this.#renamed = new Map(
      matches.flatMap(([before, after]) =>
        before === undefined || after === undefined ? [] : [[toReference(before), toReference(after)]],
      ),
    );
  }

  compare(type: NodeType, base: Side, head: Side): void {
    const { value: old } = base;
    const { value: current } = head;
    if (!isObject(old) || !isObject(current)) return;
    if (type.name === "Schema") {
      this.#compareSchemas(base as SchemaSide, head as SchemaSide);
      return;
    }
    const [before, after] = [memberOf(old, "$ref"), memberOf(current, "$ref")];
    if (before !== undefined || after !== undefined) {
      if (before !== after) this.#compareReferences(type, base, head, `${String(before)} ${String(after)}`);
      return;
    }
    if (type.name === "MediaTypesMap") this.#comparePreferred(base, head);
    if (type.name === "Root" || type.name === "Operation") this.#compareSettings(type, base, head);
    const isList = Array.isArray(old) && Array.isArray(current);
    const matches = isList
      ? matchItems(this.#documents, old, current, type.name)
      : matchMembers(old, current, type.name);
    for (const match of matches) this.#compareMember(type, base, head, match);
  }

  #compareMember(type: NodeType, outerBase: Side, outerHead: Side, [oldName, name]: Match): void {
    const [base, head] = [child(outerBase, oldName), child(outerHead, name)];
    const property = name ?? oldName ?? "";
    const isValue = property.startsWith("x-") && type.additionalProperties === undefined;
    const member = isValue ? undefined : memberType(type, property, head.value ?? base.value);
    const isNode = (side: Side) => side.value === undefined || isObject(side.value);
    if (member?.name === "SecurityRequirementList") return;
    if (member === undefined || !isNode(base) || !isNode(head)) {
      this.#noteValue(type.name, property, base, head);
      return;
    }
    if (isContainer(member)) {
      const empty = member.items === undefined ? {} : [];
      this.compare(member, { ...base, value: base.value ?? empty }, { ...head, value: head.value ?? empty });
      return;
    }
    if (base.value === undefined || head.value === undefined) {
      this.#noteNode(member.name, base, head);
      return;
    }
    const [before, after] = [this.#nameOf(type, oldName, "base"), this.#nameOf(type, name, "head")];
    if (before !== after) this.#noteKey(member.name, { ...base, value: before }, { ...head, value: after });
    this.compare(member, base, head);
  }

  /** The name of the TypeScript type of a named schema. */
  #nameOf(type: NodeType, name: string | undefined, side: "base" | "head"): string | undefined {
    if (type.name !== "NamedSchemas" || name === undefined)
      return type.items === undefined ? name : undefined;
    const { modelTypes } = side === "base" ? this.#base : this.#head;
    return modelTypes.get(name);
  }

  #noteValue(typeName: string, property: string, base: Side, head: Side): void {
    if (isDeepStrictEqual(base.value, head.value)) return;
    this.differences.push({ typeName, kind: "modified", property, base, head });
  }

  #noteNode(typeName: string, base: Side, head: Side): void {
    this.differences.push({ typeName, kind: base.value === undefined ? "added" : "removed", base, head });
  }

  #noteKey(typeName: string, base: Side, head: Side): void {
    this.differences.push({ typeName, kind: "modified", property: "key", base, head });
  }

  /** Compares the targets of two references, or of a reference and a node. */
  #compareReferences(type: NodeType, base: Side, head: Side, key: string): void {
    if (this.#chain.includes(key)) return;
    this.#chain.push(key);
    const named = (document: CanonicalDocument, side: Side) => ({
      ...side,
      value: deref<object>(document.document, side.value),
    });
    this.compare(type, named(this.#base, base), named(this.#head, head));
    this.#chain.pop();
  }

  /** Reports a new order of media types: a method uses the preferred one. */
  #comparePreferred(base: Side, head: Side): void {
    const [old, current] = [base, head].map(({ value }) => preferredMediaType(Object.keys(value ?? {})));
    if (old === undefined || current === undefined || old === current) return;
    const isNew = memberOf(base.value, current) === undefined;
    const isGone = memberOf(head.value, old) === undefined;
    if (isNew || isGone) return;
    this.#noteValue("MediaTypesMap", "preferred", child(base, old, old), child(head, current, current));
  }

  /** Compares security and the first server. An operation without servers has those of the document. */
  #compareSettings({ name }: NodeType, base: Side, head: Side): void {
    const [old, current] = [child(base, "servers"), child(head, "servers")];
    if (name === "Operation") {
      this.#noteValue(
        "SecurityRequirementList",
        "security",
        child(base, "security"),
        child(head, "security"),
      );
      if (old.value === undefined && current.value === undefined) return;
    }
    const first = ({ value, ...list }: Side, { document }: CanonicalDocument) =>
      child(child({ ...list, value: value ?? document.servers }, "0"), "url");
    this.#noteValue("ServerList", "first", first(old, this.#base), first(current, this.#head));
  }

  /**
   * Compares two schemas without the references that both have: their targets are compared at their own place. All other
   * references are replaced by their targets.
   */
  #compareSchemas(base: SchemaSide, head: SchemaSide): void {
    const [before, after] = [referencesOf(base.value), referencesOf(head.value)];
    const common = before.filter((one) => after.includes(this.#renamed.get(one) ?? one));
    const kept = new Set(common.map((one) => this.#renamed.get(one) ?? one));
    // Recursive schemas with different names would never end. A match on the current path counts as equal.
    const isEndless = common.length < before.length && kept.size < after.length;
    const key = isEndless ? JSON.stringify([base.value, head.value]) : "";
    if (isEndless) {
      const place = `${head.pointer.split("/").slice(0, 5).join("/")} ${key}`;
      if (this.#chain.includes(key) || (this.#chain.length > 0 && this.#followed.has(place))) return;
      this.#followed.add(place);
      this.#chain.push(key);
    }
    const old = { ...base, value: expanded(this.#base, base, new Set(common)), whole: base.value };
    const current = { ...head, value: expanded(this.#head, head, kept), whole: head.value };
    if (!this.#compareAlternatives(old, current)) {
      for (const keyword of new Set([...Object.keys(old.value), ...Object.keys(current.value)]))
        this.#compareKeyword(keyword, old, current);
    }
    if (isEndless) this.#chain.pop();
  }

  /** Compares a schema without alternatives with the alternatives of the other side. */
  #compareAlternatives(base: SchemaSide, head: SchemaSide): boolean {
    const [old, current] = [base.value, head.value].map((schema) => alternativesOf(schema));
    if (old === undefined || current === undefined || old.isUnion === current.isUnion) return false;
    const matches = matchItems(this.#documents, old.schemas, current.schemas, "SchemaList");
    const sideOf = (side: SchemaSide, { isUnion, schemas }: Alternatives, name: string | undefined): Side =>
      isUnion
        ? child(child(side, "oneOf"), name)
        : { ...side, value: name && schemas[Number(name)], owner: side.value };
    for (const [oldName, name] of matches)
      this.#compareItem("SchemaList", sideOf(base, old, oldName), sideOf(head, current, name));
    this.#compareKeyword("nullable", base, head);
    return true;
  }

  #compareItem(typeName: string, base: Side, head: Side): void {
    if (base.value === undefined || head.value === undefined) this.#noteNode(typeName, base, head);
    else this.compare(nodeType("Schema"), base, head);
  }

  #compareKeyword(keyword: string, base: SchemaSide, head: SchemaSide): void {
    if (keyword === "$ref") return;
    const [old, current] = [child(base, keyword), child(head, keyword)];
    const form = schemaForm(keyword);
    const [isOld, isCurrent] = [old, current].map(({ value }) => isObject(value));
    if (form === "list" && isOld && isCurrent) {
      for (const [oldName, name] of matchItems(this.#documents, listOf(old), listOf(current), "SchemaList"))
        this.#compareItem("SchemaList", child(old, oldName), child(current, name));
    } else if (form === "map") {
      const typeName = keyword === "properties" ? "SchemaProperties" : "";
      for (const [oldName, name] of matchMembers(old.value ?? {}, current.value ?? {}, typeName)) {
        const one = member(this.#base, base, keyword, [oldName, name]);
        const other = member(this.#head, head, keyword, [name, oldName]);
        if (oldName !== undefined && name !== undefined && oldName !== name)
          this.#noteKey("SchemaProperty", { ...one, value: oldName }, { ...other, value: name });
        else this.#compareItem("Schema", one, other);
      }
    } else if (
      form === "one" &&
      [old, current].every(({ value }) => value === undefined || isObject(value))
    ) {
      this.#compareItem("Schema", old, current);
    } else if (!isDeepStrictEqual(old.value, current.value)) {
      // One side may repeat a keyword that the target of a common reference has.
      const [one, other] = [whole(this.#base, base), whole(this.#head, head)];
      const [before, after] = [child(one, keyword), child(other, keyword)];
      this.#noteValue("Schema", keyword, before, after);
      // A value that contradicts the target is a part of the `allOf`.
      if (isDeepStrictEqual(before.value, after.value)) this.#compareKeyword("allOf", one, other);
    }
  }
}

function listOf({ value }: Side): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isContainer({ name, items, properties }: NodeType): boolean {
  if (name === "SchemaList") return false;
  return items !== undefined || containers.has(name) || Object.keys(properties).length === 0;
}
