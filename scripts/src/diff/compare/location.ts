import { isObject, memberOf, nodeAt, tokensOf, unescapePointer } from "../../spec/json-pointer.ts";
import { deref } from "../../spec/reference.ts";
import { CanonicalDocument } from "../canonical/canonical-document.ts";
import type { OpenAPI3 } from "../../spec/openapi.ts";
import type { Difference } from "./difference.ts";
import { componentOf, directUsage, type Usage, UsageGraph } from "./usage.ts";

/** The users of a place in a document: the operations and types, and the directions in which it is used. */
export interface Location {
  readonly operationIds: readonly string[];
  readonly types: readonly string[];
  readonly request: boolean;
  readonly response: boolean;
}

/** The old and the new document, and the users of every part of each. */
export class Comparison {
  readonly base: CanonicalDocument;
  readonly head: CanonicalDocument;
  readonly #usages: ReadonlyMap<CanonicalDocument, UsageGraph>;
  readonly #ids = new WeakMap<Usage, readonly string[]>();

  constructor(base: OpenAPI3, head: OpenAPI3) {
    this.base = new CanonicalDocument(base);
    this.head = new CanonicalDocument(head);
    this.#usages = new Map([this.base, this.head].map((each) => [each, new UsageGraph(each.references)]));
  }

  /** The location of a difference, taken from both documents. */
  locationOf(difference: Difference): Location {
    const before = this.#locationIn(this.base, difference, difference.base.pointer);
    const after = this.#locationIn(this.head, difference, difference.head.pointer);
    return {
      operationIds: after.operationIds.length > 0 ? after.operationIds : before.operationIds,
      types: [...new Set([...before.types, ...after.types])],
      request: before.request || after.request,
      response: before.response || after.response,
    };
  }

  /** The operations that use a component, in the old document. */
  formerUsers(component: string): readonly string[] {
    const usage = this.#usages.get(this.base)?.of(component);
    return usage === undefined ? [] : this.#idsOf(this.base, usage);
  }

  /** Returns `true` if an operation is experimental. An operation that was stable before counts as stable. */
  isExperimental(operationId: string): boolean {
    const operation = this.base.operations.get(operationId) ?? this.head.operations.get(operationId);
    return operation?.["x-experimental"] === true;
  }

  /** Leaves out new operations, unless all are new. A new operation has no users yet, so no other change affects them. */
  #withoutNew(operations: Iterable<string>): readonly string[] {
    const all = [...operations];
    const old = all.filter(
      (pointer) =>
        nodeAt(this.base.document, tokensOf(pointer)) !== undefined ||
        idsOf(this.head, [pointer]).some((id) => this.base.operations.has(id)),
    );
    return old.length > 0 ? old : all;
  }

  #locationIn(
    document: CanonicalDocument,
    { typeName, kind, property }: Difference,
    pointer: string,
  ): Location {
    const component = componentOf(pointer);
    const usage =
      component === undefined
        ? directUsage(pointer)
        : (this.#usages.get(document)?.of(component) ?? directUsage(pointer));
    // An unused component still has an exported type, which code may use in both directions.
    const isUnused = component !== undefined && !usage.request && !usage.response;
    const operationIds = this.#idsOf(document, usage);
    const [section, name = ""] = component?.split("/").map(unescapePointer) ?? [];
    const isArgument =
      section === undefined ? usage.request : section === "parameters" || section === "requestBodies";
    // The type of the argument is added, removed or renamed with its operation.
    const isOperation = typeName === "Operation" && (kind !== "modified" || property === "operationId");
    const models = section === "schemas" ? [document.modelTypes.get(name) ?? name] : [];
    const own =
      isArgument || isOperation ? operationIds.flatMap((id) => document.parameterTypes.get(id) ?? []) : [];
    return {
      operationIds,
      types: [...models, ...own],
      ...marked(document.document, pointer, usage.request || isUnused, usage.response || isUnused),
    };
  }

  /** The ids of the operations of a usage. Many differences have the usage of the same component. */
  #idsOf(document: CanonicalDocument, usage: Usage): readonly string[] {
    const ids = this.#ids.get(usage) ?? idsOf(document, this.#withoutNew(usage.operations));
    this.#ids.set(usage, ids);
    return ids;
  }
}

/** The ids of the operations at these pointers. */
function idsOf({ document }: CanonicalDocument, operations: Iterable<string>): string[] {
  return Array.from(operations, (pointer) =>
    memberOf(nodeAt(document, tokensOf(pointer)), "operationId"),
  ).filter((id) => typeof id === "string");
}

/** Returns `true` if a property, or the target of its reference, is `readOnly` or `writeOnly`. */
export function isMarked(document: OpenAPI3, property: unknown, marker: "readOnly" | "writeOnly"): boolean {
  return memberOf(property, marker) === true || memberOf(deref(document, property), marker) === true;
}

/** A `readOnly` value is not sent, and a `writeOnly` one does not come back (OpenAPI 3.1.0, section 4.8.24.2). */
function marked(document: OpenAPI3, pointer: string, request: boolean, response: boolean) {
  let node: unknown = document;
  let [sent, read] = [request, response];
  for (const token of tokensOf(pointer)) {
    node = memberOf(node, token);
    if (!isObject(node)) break;
    if (isMarked(document, node, "readOnly")) sent = false;
    if (isMarked(document, node, "writeOnly")) read = false;
  }
  return { request: sent, response: read };
}
