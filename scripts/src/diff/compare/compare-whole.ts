import type { OpenAPI3 } from "openapi-typescript";
import { isDeepStrictEqual } from "node:util";
import { httpMethods } from "../../spec/http-methods.ts";
import { escapePointer, isObject, memberOf } from "../../spec/json-pointer.ts";
import type { Rule } from "../rules/policy.ts";
import { type Requirements, rateRequirements } from "../rules/requirements.ts";

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
    for (const method of httpMethods) {
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
  const before = urlIn(base);
  const after = urlIn(head);
  if (before === after) return [];
  const pointer = after === undefined ? "#" : "#/servers/0/url";
  return [
    {
      rule: "server-moved",
      pointer,
      operationIds: [],
      message: `The API is at ${addressOf(after)} instead of ${addressOf(before)}.`,
    },
  ];
}

/** An operation, or its path, may have servers of its own, which count instead (OpenAPI 3.1.0, section 4.8.10). */
export function compareOwnServers(base: OpenAPI3, head: OpenAPI3): Whole[] {
  return Object.entries(head.paths ?? {}).flatMap(([path, item]) =>
    httpMethods.flatMap((method): Whole[] => {
      const oldItem = memberOf(base.paths, path);
      const [old, current] = [memberOf(oldItem, method), memberOf(item, method)];
      if (old === undefined || current === undefined) return [];
      const had = urlIn(memberOf(old, "servers") === undefined ? oldItem : old);
      const has = urlIn(memberOf(current, "servers") === undefined ? item : current);
      const [before, after] = [had ?? urlIn(base), has ?? urlIn(head)];
      // Where neither has its own, the document tells of it.
      if ((had === undefined && has === undefined) || before === after) return [];
      const own = `#/paths/${escapePointer(path)}/${method}`;
      const operationId = memberOf(current, "operationId");
      return [
        {
          rule: "server-moved",
          pointer: urlIn(current) === undefined ? own : `${own}/servers/0/url`,
          operationIds: typeof operationId === "string" ? [operationId] : [],
          message: `\`${String(operationId)}\` is at ${addressOf(after)} instead of ${addressOf(before)}.`,
        },
      ];
    }),
  );
}

/** The URL of the first server that a node lists. */
function urlIn(node: unknown): string | undefined {
  const url = memberOf(memberOf(memberOf(node, "servers"), "0"), "url");
  return typeof url === "string" ? url : undefined;
}

function addressOf(url: string | undefined): string {
  return url === undefined ? "no address" : `\`${url}\``;
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
