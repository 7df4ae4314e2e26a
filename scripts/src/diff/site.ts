import type { OpenAPI3 } from "openapi-typescript";
import { parametersName } from "../names.ts";
import { isObject, memberOf, tokensOf } from "./pointer.ts";
import type { Difference } from "./difference.ts";
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

  /** Where a difference counts, taken from both documents. */
  siteOf({ base, head }: Difference): Site {
    const before = base && siteIn(this.base, this.#baseUsage, base.site);
    const after = head && siteIn(this.head, this.#headUsage, head.site);
    if (before === undefined || after === undefined) return before ?? after ?? nowhere;
    return {
      operationIds: after.operationIds.length > 0 ? after.operationIds : before.operationIds,
      types: after.types,
      request: before.request || after.request,
      response: before.response || after.response,
    };
  }
}

const nowhere: Site = { operationIds: [], types: [], request: false, response: false };

function siteIn(document: OpenAPI3, usage: UsageGraph, pointer: string): Site {
  const [root, , third = "", fourth] = tokensOf(pointer);
  const component = componentOf(pointer);
  if (component !== undefined) return componentSite(document, usage, pointer, component);
  if (root !== "paths") return root === "webhooks" ? { ...nowhere, request: true, response: true } : nowhere;
  const operationIds = operationsAt(document, pointer);
  const part = methods.includes(third) ? fourth : third;
  const isCallback = part === "callbacks";
  const request = part === "parameters" || part === "requestBody" || isCallback;
  return {
    operationIds,
    types: request && !isCallback ? operationIds.map(parametersName) : [],
    ...marked(document, pointer, request, part === "responses" || isCallback),
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
