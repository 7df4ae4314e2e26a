import type { OpenAPI3 } from "openapi-typescript";
import { httpMethods } from "../../spec/http-methods.ts";
import { isObject, memberOf, tokensOf } from "../../spec/json-pointer.ts";

/** Who uses a part of a document, and in which direction: what a caller sends, or what comes back. */
export interface Usage {
  readonly operationIds: ReadonlySet<string>;
  readonly request: boolean;
  readonly response: boolean;
}

type Direction = "request" | "response";

/** Where a reference stands: in a component, or on one side of an operation. */
type Place = { readonly component: string } | { readonly operationId: string; readonly direction: Direction };

/** Members that hold values instead of parts of the description: a `$ref` in them is no reference. */
const values = new Set(["default", "enum", "const", "example", "examples"]);
/** Members whose own members have names of the author's choice. */
const maps = new Set([
  "properties",
  "patternProperties",
  "schemas",
  "responses",
  "headers",
  "content",
  "$defs",
]);

/** Finds the users of the components of a document: the operations that lead to them by any chain of references. */
export class UsageGraph {
  readonly #references = new Map<string, Place[]>();
  readonly #found = new Map<string, Usage>();

  constructor(document: OpenAPI3) {
    for (const [kind, components] of Object.entries(document.components ?? {})) {
      for (const [name, node] of Object.entries(components ?? {})) {
        const component = `${kind}/${name}`;
        this.#note(node, { component });
      }
    }
    for (const item of Object.values(document.paths ?? {})) {
      for (const method of httpMethods) {
        const operation = memberOf(item, method);
        const operationId = memberOf(operation, "operationId");
        if (typeof operationId !== "string") continue;
        this.#note(memberOf(item, "parameters"), { operationId, direction: "request" });
        this.#note(memberOf(operation, "parameters"), { operationId, direction: "request" });
        this.#note(memberOf(operation, "requestBody"), { operationId, direction: "request" });
        this.#note(memberOf(operation, "responses"), { operationId, direction: "response" }, true);
      }
    }
  }

  /** The users of a component, which is named like `schemas/Pet`. */
  of(component: string): Usage {
    const known = this.#found.get(component);
    if (known) return known;
    const operationIds = new Set<string>();
    const directions = new Set<Direction>();
    const seen = new Set([component]);
    for (const next of seen) {
      for (const place of this.#references.get(next) ?? []) {
        if ("component" in place) {
          seen.add(place.component);
        } else {
          operationIds.add(place.operationId);
          directions.add(place.direction);
        }
      }
    }
    const usage = {
      operationIds,
      request: directions.has("request"),
      response: directions.has("response"),
    };
    this.#found.set(component, usage);
    return usage;
  }

  #note(node: unknown, place: Place, isMap = false): void {
    if (!isObject(node)) return;
    for (const [key, child] of Object.entries(node)) {
      if (key === "$ref" && typeof child === "string" && !isMap) this.#add(decodeURIComponent(child), place);
      else if (isMap || !values.has(key)) this.#note(child, place, !isMap && maps.has(key));
    }
  }

  #add(reference: string, place: Place): void {
    const component = componentOf(reference);
    if (component === undefined) return;
    const places = this.#references.get(component);
    if (places) places.push(place);
    else this.#references.set(component, [place]);
  }
}

/** The component that a pointer leads into, like `schemas/Pet`. */
export function componentOf(pointer: string): string | undefined {
  const [root, kind, name] = tokensOf(pointer);
  return root === "components" && name !== undefined ? `${kind}/${name}` : undefined;
}
