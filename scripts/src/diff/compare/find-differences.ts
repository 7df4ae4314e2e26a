import { detectSpec, getTypes, normalizeTypes } from "@redocly/openapi-core";
import type { OpenAPI3 } from "openapi-typescript";
import { isDeepStrictEqual } from "node:util";
import type { Difference, Side } from "./difference.ts";
import { pairItems, pairMembers } from "./pairs.ts";
import { escapePointer, isObject, memberOf, nodeAt, tokensOf } from "../../spec/json-pointer.ts";
import { componentOf } from "./usage.ts";

type NodeType = ReturnType<typeof normalizeTypes>[string];

/** Every difference of two documents, found along Redocly's type tree of OpenAPI, each node once however often it is used. */
export function findDifferences(base: OpenAPI3, head: OpenAPI3): Difference[] {
  const types = normalizeTypes(getTypes(detectSpec(head)));
  if (types["Root"] === undefined) throw new Error("There are no types of OpenAPI.");
  const finder = new Finder(base, head);
  const root = { pointer: "#", site: "#" };
  finder.compareAll(types["Root"], { ...root, value: base }, { ...root, value: head });
  return finder.differences;
}

/** What an operation needs of a caller is compared as a whole, in `compare-whole.ts`. */
const passedOver = new Set(["SecurityRequirementList"]);
/** Nodes that are nothing but their members: one that is absent is one that is empty. */
const containers = new Set(["PathItem", "Components", "Responses"]);

class Finder {
  readonly differences: Difference[] = [];
  readonly #documents: readonly [OpenAPI3, OpenAPI3];
  readonly #compared = new Set<string>();
  readonly #pending: [NodeType, Side, Side][] = [];

  constructor(base: OpenAPI3, head: OpenAPI3) {
    this.#documents = [base, head];
  }

  /** What a `$ref` leads to waits for its turn: a chain of them may be longer than the stack. */
  compareAll(type: NodeType, base: Side, head: Side): void {
    this.#pending.push([type, base, head]);
    for (const next of this.#pending) this.#compare(...next);
  }

  #compare(type: NodeType, before: Side, after: Side): void {
    const [base, head] = this.#follow(before, after);
    if (base.pointer !== before.pointer || head.pointer !== after.pointer) {
      this.#pending.push([type, base, head]);
      return;
    }
    const key = `${type.name} ${base.pointer} ${head.pointer} ${base.site} ${head.site}`;
    if (this.#compared.has(key)) return;
    this.#compared.add(key);
    const { value: old } = base;
    const { value: current } = head;
    if (!isObject(old) || !isObject(current)) return;
    const isList = Array.isArray(old) && Array.isArray(current);
    const pairs = isList
      ? pairItems(this.#documents, old, current, type.name)
      : pairMembers(old, current, type.name);
    for (const [oldName, name] of pairs) {
      this.#compareMember(type, child(base, oldName), child(head, name), [oldName, name]);
    }
  }

  #compareMember(
    type: NodeType,
    base: Side,
    head: Side,
    [oldName, name]: readonly [string | undefined, string | undefined],
  ): void {
    const member = memberType(type, name ?? oldName ?? "", head.value ?? base.value);
    const isNode = (side: Side) => side.value === undefined || isObject(side.value);
    if (member === undefined || !isNode(base) || !isNode(head)) {
      if (isDeepStrictEqual(base.value, head.value)) return;
      this.differences.push({
        typeName: type.name,
        kind: "modified",
        property: name ?? oldName ?? "",
        base,
        head,
      });
      return;
    }
    if (passedOver.has(member.name)) return;
    if (isContainer(member)) {
      const empty = member.items === undefined ? {} : [];
      this.#compare(member, { ...base, value: base.value ?? empty }, { ...head, value: head.value ?? empty });
      return;
    }
    if (base.value === undefined) this.differences.push({ typeName: member.name, kind: "added", head });
    else if (head.value === undefined)
      this.differences.push({ typeName: member.name, kind: "removed", base });
    else {
      if (type.name === "NamedSchemas" && oldName !== name) {
        const [before, after] = [
          { ...base, value: oldName },
          { ...head, value: name },
        ];
        this.differences.push({
          typeName: member.name,
          kind: "modified",
          property: "key",
          base: before,
          head: after,
        });
      }
      this.#compare(member, base, head);
    }
  }

  /**
   * Follows the `$ref`s of both sides. Where they lead to different places, neither place has changed: what counts is
   * where the `$ref`s stand. Unless the old place is gone, which is then a change of everything that used it.
   */
  #follow(base: Side, head: Side): [Side, Side] {
    const [old, current] = this.#documents;
    const before = target(old, base);
    const after = target(current, head);
    if (before === base && after === head) return [base, head];
    const component = componentOf(before.pointer);
    const isGone =
      component !== undefined && nodeAt(current, ["components", ...component.split("/")]) === undefined;
    if (before.pointer === after.pointer || isGone) return [before, after];
    return [
      { ...before, site: base.site },
      { ...after, site: head.site },
    ];
  }
}

function child(side: Side, name: string | undefined): Side {
  const value = name === undefined ? undefined : memberOf(side.value, name);
  if (name === undefined || value === undefined) return { pointer: side.pointer, site: side.site };
  const step = `/${escapePointer(name)}`;
  // Past a `$ref` that was pointed elsewhere, all counts where that stands.
  const site = side.site === side.pointer ? side.site + step : side.site;
  return { pointer: side.pointer + step, site, value };
}

function target(document: OpenAPI3, side: Side): Side {
  const seen = new Set<string>();
  let found = side;
  for (;;) {
    const reference = memberOf(found.value, "$ref");
    if (typeof reference !== "string" || seen.has(reference)) return found;
    seen.add(reference);
    const pointer = decodeURIComponent(reference);
    found = { pointer, site: pointer, value: nodeAt(document, tokensOf(pointer)) };
  }
}

function isContainer({ name, items, properties }: NodeType): boolean {
  if (name === "SchemaList") return false;
  return items !== undefined || containers.has(name) || Object.keys(properties).length === 0;
}

/** The type of a member that is a node; `undefined` for a plain value. */
function memberType(type: NodeType, name: string, value: unknown): NodeType | undefined {
  const declared = type.items ?? type.properties[name] ?? type.additionalProperties;
  const found: unknown = typeof declared === "function" ? declared(value, name) : declared;
  return isNodeType(found) ? found : undefined;
}

function isNodeType(type: unknown): type is NodeType {
  return isObject(type) && typeof type["name"] === "string" && isObject(type["properties"]);
}
