import type { OpenAPI3 } from "openapi-typescript";
import { parameterTypesOf } from "./parameter-types.ts";
import { httpMethods, isHttpMethod } from "../../spec/http-methods.ts";
import { isObject, memberOf, tokensOf } from "../../spec/json-pointer.ts";
import type { Difference } from "./difference.ts";
import { componentOf, UsageGraph } from "./usage.ts";

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
  readonly #parameterTypes: ReadonlyMap<string, string>;

  constructor(base: OpenAPI3, head: OpenAPI3) {
    this.base = base;
    this.head = head;
    this.#baseUsage = new UsageGraph(base);
    this.#headUsage = new UsageGraph(head);
    this.#parameterTypes = new Map([...parameterTypesOf(base), ...parameterTypesOf(head)]);
  }

  /** Where a difference counts, taken from both documents. */
  siteOf(difference: Difference): Site {
    const { base, head, typeName, kind, property } = difference;
    const before = base ? siteIn(this.base, this.#baseUsage, base.site) : nowhere;
    const after = head ? siteIn(this.head, this.#headUsage, head.site) : nowhere;
    // An operation that comes or goes, or is renamed, has the type of its argument with it.
    const isOperation = typeName === "Operation" && (kind !== "modified" || property === "operationId");
    const types = [before, after].flatMap(({ models, isArgument, operationIds }) => [
      ...models,
      ...(isArgument || isOperation ? operationIds : []).flatMap((id) => this.#parameterTypes.get(id) ?? []),
    ]);
    return {
      operationIds: after.operationIds.length > 0 ? after.operationIds : before.operationIds,
      types: [...new Set(types)],
      request: before.request || after.request,
      response: before.response || after.response,
    };
  }
}

/** A site in one document. */
interface HalfSite extends Omit<Site, "types"> {
  /** The named schema that it is in. */
  readonly models: readonly string[];
  /** It shows in the type of a method's argument. */
  readonly isArgument: boolean;
}

const nowhere: HalfSite = {
  operationIds: [],
  models: [],
  isArgument: false,
  request: false,
  response: false,
};

function siteIn(document: OpenAPI3, usage: UsageGraph, pointer: string): HalfSite {
  const [root, , third = "", fourth] = tokensOf(pointer);
  const component = componentOf(pointer);
  if (component !== undefined) return componentSite(document, usage, pointer, component);
  if (root !== "paths") return root === "webhooks" ? { ...nowhere, request: true, response: true } : nowhere;
  const operationIds = operationsAt(document, pointer);
  const part = isHttpMethod(third) ? fourth : third;
  const isInput = part === "parameters" || part === "requestBody";
  const isCallback = part === "callbacks";
  return {
    operationIds,
    models: [],
    isArgument: isInput,
    ...marked(document, pointer, isInput || isCallback, part === "responses" || isCallback),
  };
}

function operationsAt(document: OpenAPI3, pointer: string): string[] {
  const [, path = "", method = ""] = tokensOf(pointer);
  const item = memberOf(document.paths, path);
  return (isHttpMethod(method) ? [method] : httpMethods)
    .map((name) => memberOf(memberOf(item, name), "operationId"))
    .filter((id) => typeof id === "string");
}

function componentSite(document: OpenAPI3, usage: UsageGraph, pointer: string, component: string): HalfSite {
  const { operationIds, ...directions } = usage.of(component);
  // What no operation uses has a type all the same, which anybody may use either way.
  const isUnused = !directions.request && !directions.response;
  const [kind, name = ""] = component.split("/");
  return {
    operationIds: [...operationIds],
    models: kind === "schemas" ? [name] : [],
    isArgument: kind === "parameters" || kind === "requestBodies",
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
