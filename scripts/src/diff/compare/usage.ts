import type { Reference } from "../canonical/canonical-document.ts";
import { isHttpMethod } from "../../spec/http-methods.ts";
import { escapePointer, tokensOf } from "../../spec/json-pointer.ts";

/** The operations that use a part of a document, and the directions of its values: in a request, in a response, or in both. */
export interface Usage {
  /** The pointers of the operations. */
  readonly operations: ReadonlySet<string>;
  readonly request: boolean;
  readonly response: boolean;
}

const nobody: Usage = { operations: new Set(), request: false, response: false };

/** Finds the users of the components of a document: the operations that lead to them by any chain of references. */
export class UsageGraph {
  /** The direct usages of each component, and the components that refer to it. */
  readonly #users = new Map<string, { readonly usages: Usage[]; readonly holders: Set<string> }>();
  readonly #found = new Map<string, Usage>();

  constructor(references: readonly Reference[]) {
    for (const { component, pointer } of references) {
      const users = this.#users.get(component) ?? { usages: [], holders: new Set() };
      this.#users.set(component, users);
      const holder = componentOf(pointer);
      if (holder === undefined || holder.startsWith("callbacks/")) users.usages.push(directUsage(pointer));
      else users.holders.add(holder);
    }
  }

  /** The usage of a component, such as `schemas/Pet`. */
  of(component: string): Usage {
    const known = this.#found.get(component);
    if (known) return known;
    const usages: Usage[] = [];
    const seen = new Set([component]);
    for (const next of seen) {
      const users = this.#users.get(next);
      for (const usage of users?.usages ?? []) usages.push(usage);
      for (const holder of users?.holders ?? []) seen.add(holder);
    }
    const usage = {
      operations: new Set(usages.flatMap(({ operations }) => [...operations])),
      request: usages.some(({ request }) => request),
      response: usages.some(({ response }) => response),
    };
    this.#found.set(component, usage);
    return usage;
  }
}

/** The component that contains a pointer, such as `schemas/Pet`. */
export function componentOf(pointer: string): string | undefined {
  const [root, kind, name] = tokensOf(pointer);
  return root === "components" && name !== undefined ? `${kind}/${escapePointer(name)}` : undefined;
}

/** The usage of a place outside the components. A webhook or a callback is a request that the API sends. */
export function directUsage(pointer: string): Usage {
  const tokens = tokensOf(pointer);
  const [root, path = "", method = "", part] = tokens;
  if (root === "paths" && part !== "callbacks") {
    const operation = isHttpMethod(method) ? `#/paths/${escapePointer(path)}/${method}` : undefined;
    return {
      operations: new Set(operation === undefined ? [] : [operation]),
      request: part === "parameters" || part === "requestBody",
      response: part === "responses",
    };
  }
  const start = Math.max(tokens.indexOf("callbacks"), 0);
  const inner = tokens
    .slice(start)
    .find((token, index) => index > 0 && isHttpMethod(tokens[start + index - 1] ?? ""));
  if (root !== "webhooks" && start === 0 && root !== "components") return nobody;
  const operations = root === "paths" ? [`#/paths/${escapePointer(path)}/${method}`] : [];
  return {
    operations: new Set(operations),
    request: inner === "responses" || inner === undefined,
    response: inner !== "responses",
  };
}
