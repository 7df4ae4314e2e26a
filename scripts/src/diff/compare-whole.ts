import type { OpenAPI3 } from "openapi-typescript";
import { isDeepStrictEqual } from "node:util";
import { escapePointer } from "../json-reference.ts";
import { isObject, memberOf } from "./pointer.ts";
import type { Rule } from "./policy.ts";
import { type Requirements, rateRequirements } from "./requirements.ts";
import { methods } from "./usage.ts";

/** What shows only where documents are held against each other as wholes. */
export interface Whole {
  readonly rule: Rule;
  readonly pointer: string;
  readonly operationIds: readonly string[];
  readonly message: string;
}

/** What operations need of a caller, wherever in the document that is said. */
export function compareSecurity(base: OpenAPI3, head: OpenAPI3): Whole[] {
  const found = new Map<string, Whole>();
  for (const [path, item] of Object.entries(head.paths ?? {})) {
    for (const method of methods) {
      const after = memberOf(item, method);
      const before = memberOf(memberOf(base.paths, path), method);
      if (before === undefined || after === undefined) continue;
      const rule = rateRequirements(requirementsOf(base, before), requirementsOf(head, after));
      if (rule === undefined) continue;
      const own = `#/paths/${escapePointer(path)}/${method}`;
      const isOwn = memberOf(before, "security") !== undefined || memberOf(after, "security") !== undefined;
      const pointer = isOwn
        ? memberOf(after, "security") === undefined
          ? own
          : `${own}/security`
        : "#/security";
      const operationId = memberOf(after, "operationId");
      const key = `${rule} ${pointer}`;
      const operationIds = [
        ...(found.get(key)?.operationIds ?? []),
        ...(typeof operationId === "string" ? [operationId] : []),
      ];
      const needs = wordsOf(requirementsOf(head, after));
      const needed = wordsOf(requirementsOf(base, before));
      const message = `${isOwn ? `\`${String(operationId)}\`` : "The API"} needs ${needs} instead of ${needed}.`;
      found.set(key, { rule, pointer, operationIds, message });
    }
  }
  return [...found.values()];
}

function requirementsOf(document: OpenAPI3, operation: unknown): Requirements {
  return (memberOf(operation, "security") ?? document.security ?? []) as Requirements;
}

function wordsOf(requirements: Requirements): string {
  const alternatives = requirements.map((alternative) =>
    Object.entries(alternative)
      .map(([scheme, scopes]) => [`\`${scheme}\``, ...scopes.map((scope) => `\`${scope}\``)].join(" with "))
      .join(" and "),
  );
  return alternatives.filter(Boolean).join(", or ") || "no credentials";
}

/** The server that a client calls by default is the first one. */
export function compareFirstServer(base: OpenAPI3, head: OpenAPI3): Whole[] {
  const before = base.servers?.[0]?.url;
  const after = head.servers?.[0]?.url;
  if (before === after) return [];
  const message = `The API is at ${after === undefined ? "no address" : `\`${after}\``} instead of ${before === undefined ? "no address" : `\`${before}\``}.`;
  const pointer = after === undefined ? "#" : "#/servers/0/url";
  return [{ rule: "server-moved", pointer, operationIds: [], message }];
}

/** What no comparison above tells of, such as the words for a scope. The order of members is nothing. */
export function compareRest(base: OpenAPI3, head: OpenAPI3): Whole[] {
  const pointer = firstDifference(base, head, "#");
  if (pointer === undefined) return [];
  return [{ rule: "other", pointer, operationIds: [], message: `There is a difference at \`${pointer}\`.` }];
}

function firstDifference(base: unknown, head: unknown, pointer: string): string | undefined {
  if (isDeepStrictEqual(base, head)) return undefined;
  if (!isObject(base) || !isObject(head)) return pointer;
  for (const [name, member] of Object.entries(head)) {
    if (!isDeepStrictEqual(base[name], member))
      return firstDifference(base[name], member, `${pointer}/${escapePointer(name)}`);
  }
  return pointer;
}
