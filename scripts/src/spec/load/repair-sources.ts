import type { BaseResolver, NormalizedProblem } from "@redocly/openapi-core";
import { memberOf, nodeAt, unescapePointer } from "../json-pointer.ts";

/**
 * Repairs the sources of a spec where they violate the OpenAPI Specification, so that everything else can be read. A value that should be
 * an object or an array becomes an empty one, a number or a boolean that should be a string becomes one, and any other value is removed.
 *
 * @returns the problems to report, and `true` if anything was repaired. A keyword of the other version of OpenAPI is not a problem.
 */
export async function repairSources(
  problems: readonly NormalizedProblem[],
  resolver: BaseResolver,
): Promise<{ reported: NormalizedProblem[]; isRepaired: boolean }> {
  const readable = new Set<NormalizedProblem>();
  const thinned = new Set<unknown[]>();
  let isRepaired = false;
  for (const problem of problems) {
    const { ruleId, message, location } = problem;
    const [where] = location;
    if (ruleId !== "struct" || where?.pointer === undefined) continue;
    if (message.startsWith("Property `nullable` is not expected")) readable.add(problem);
    const key = where.pointer.slice(where.pointer.lastIndexOf("/") + 1);
    // Redocly looks fields up in plain objects, and finds `constructor` and the like there.
    if (key in Object.prototype) readable.add(problem);
    if (isTolerable(message) || key in Object.prototype) continue;
    const document = await resolver.resolveDocument(null, where.source.absoluteRef);
    if (document instanceof Error) continue;
    const tokens = where.pointer.split("/").slice(1).map(unescapePointer);
    const name = tokens.pop();
    const holder = nodeAt(document.parsed, tokens);
    if (name === undefined || typeof holder !== "object" || holder === null) continue;
    if (name === "type" && memberOf(holder, name) === "null") {
      readable.add(problem);
      continue;
    }
    isRepaired = true;
    if (Array.isArray(holder)) thinned.add(holder);
    const [, form] = /^Expected type `[^`]+` \((array|object)\)/.exec(message) ?? [];
    const isText = /^Expected type `string` but got `(?:integer|number|boolean)`/.test(message);
    if (isText) (holder as Record<string, unknown>)[name] = String(memberOf(holder, name));
    else if (form !== undefined) (holder as Record<string, unknown>)[name] = form === "array" ? [] : {};
    else Reflect.deleteProperty(holder, name);
  }
  // Last, because the pointers have the indexes of the source.
  for (const list of thinned) list.splice(0, list.length, ...list.filter(() => true));
  return { reported: problems.filter((problem) => !readable.has(problem)), isRepaired };
}

/** Returns `true` for a missing or an unknown field, which no emitter needs or reads. */
function isTolerable(message: string): boolean {
  return /must be present|at least one of|is not expected here|is not allowed here/.test(message);
}
