import type { OpenAPI3 } from "openapi-typescript";
import { parametersName } from "../names.ts";
import { isObject, memberOf, nodeAt, tokensOf } from "./pointer.ts";
import type { Difference } from "./redocly-diff.ts";
import { componentOf, methods, UsageGraph } from "./usage.ts";

/** What a place in a document means to users: whom it reaches, which way, and under which names. */
export interface Site {
  readonly operationIds: readonly string[];
  readonly types: readonly string[];
  readonly request: boolean;
  readonly response: boolean;
}

/** The old and the new document, and who uses what in each. */
export class Comparison {
  readonly base: OpenAPI3;
  readonly head: OpenAPI3;
  readonly #baseUsage: UsageGraph;
  readonly #headUsage: UsageGraph;

  constructor(base: OpenAPI3, head: OpenAPI3) {
    this.base = base;
    this.head = head;
    this.#baseUsage = new UsageGraph(base);
    this.#headUsage = new UsageGraph(head);
  }

  /** Where a difference counts: in what it stands in, in either document. */
  siteOf(difference: Difference): Site {
    if (this.#isSwap(difference)) return this.#swapSite(difference);
    const { base, revision } = difference;
    const before = base && siteIn(this.base, this.#baseUsage, base.pointer);
    const after = revision && siteIn(this.head, this.#headUsage, revision.pointer);
    if (before === undefined || after === undefined) return before ?? after ?? nowhere;
    return {
      operationIds: after.operationIds.length > 0 ? after.operationIds : before.operationIds,
      types: after.types,
      request: before.request || after.request,
      response: before.response || after.response,
    };
  }

  /**
   * A `$ref` was pointed at something else, so that Redocly compares the two targets. Neither of them has changed: what
   * has is where the `$ref` stands.
   */
  #isSwap({ kind, base, revision }: Difference): boolean {
    if (kind === "added") return revision !== undefined && isComponentMember(this.base, revision.pointer);
    if (kind === "removed") return base !== undefined && isComponentMember(this.head, base.pointer);
    const before = base && componentOf(base.pointer);
    const after = revision && componentOf(revision.pointer);
    if (before === after) return false;
    return before === undefined || nodeAt(this.head, ["components", ...before.split("/")]) !== undefined;
  }

  #swapSite({ kind, path }: Difference): Site {
    const [document, usage] =
      kind === "removed" ? [this.base, this.#baseUsage] : [this.head, this.#headUsage];
    return siteIn(document, usage, lastReference(document, path));
  }
}

const nowhere: Site = { operationIds: [], types: [], request: false, response: false };

function isComponentMember(document: OpenAPI3, pointer: string): boolean {
  return componentOf(pointer) !== undefined && nodeAt(document, tokensOf(pointer)) !== undefined;
}

/** Follows a path through `$ref`s; gives the pointer of the last `$ref` on it. */
function lastReference(document: OpenAPI3, path: string): string {
  let pointer = "#";
  let last = "#";
  let node: unknown = document;
  for (const token of path.replace(/^#\/?/, "").split("/")) {
    const [name = ""] = tokensOf(token);
    pointer += `/${token}`;
    node = memberOf(node, name);
    const reference = memberOf(node, "$ref");
    if (typeof reference !== "string") continue;
    last = pointer;
    pointer = decodeURIComponent(reference);
    node = nodeAt(document, tokensOf(pointer));
  }
  return last;
}

function siteIn(document: OpenAPI3, usage: UsageGraph, pointer: string): Site {
  const [root, , third = "", fourth] = tokensOf(pointer);
  const component = componentOf(pointer);
  if (component !== undefined) return componentSite(document, usage, pointer, component);
  if (root !== "paths") return nowhere;
  const operationIds = operationsAt(document, pointer);
  const part = methods.includes(third) ? fourth : third;
  const request = part === "parameters" || part === "requestBody";
  return {
    operationIds,
    types: request ? operationIds.map(parametersName) : [],
    ...marked(document, pointer, request, part === "responses"),
  };
}

function operationsAt(document: OpenAPI3, pointer: string): string[] {
  const [, path = "", method = ""] = tokensOf(pointer);
  const item = memberOf(document.paths, path);
  return (methods.includes(method) ? [method] : methods)
    .map((name) => memberOf(memberOf(item, name), "operationId"))
    .filter((id) => typeof id === "string");
}

function componentSite(document: OpenAPI3, usage: UsageGraph, pointer: string, component: string): Site {
  const { operationIds, ...directions } = usage.of(component);
  // What no operation uses has a type all the same, which anybody may use either way.
  const isUnused = !directions.request && !directions.response;
  const [kind, name = ""] = component.split("/");
  const ids = [...operationIds];
  const isInput = kind === "parameters" || kind === "requestBodies";
  return {
    operationIds: ids,
    types: kind === "schemas" ? [name] : isInput ? ids.map(parametersName) : [],
    ...marked(document, pointer, directions.request || isUnused, directions.response || isUnused),
  };
}

/** What is `readOnly` is not sent, and what is `writeOnly` does not come back (OpenAPI 3.1.0, section 4.8.24.2). */
function marked(document: OpenAPI3, pointer: string, request: boolean, response: boolean) {
  let node: unknown = document;
  let sent = request;
  let read = response;
  for (const token of tokensOf(pointer)) {
    node = memberOf(node, token);
    if (!isObject(node)) break;
    if (node["readOnly"] === true) sent = false;
    if (node["writeOnly"] === true) read = false;
  }
  return { request: sent, response: read };
}
