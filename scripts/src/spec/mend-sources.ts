import type { BaseResolver, NormalizedProblem } from "@redocly/openapi-core";
import { memberOf, nodeAt, unescapePointer } from "./json-pointer.ts";

/**
 * Takes out of the sources of a spec what has not the form that the OpenAPI specification has, so that everything else can be read: an
 * empty object or list is put in place of what should be one, and anything else goes. What a field should have besides stays away.
 * @returns The problems that are told, which are all but what is read as the other version of OpenAPI has it, and whether anything was
 *   taken out.
 */
export async function mendSources(
  problems: readonly NormalizedProblem[],
  resolver: BaseResolver,
): Promise<{ told: NormalizedProblem[]; mended: boolean }> {
  const readable = new Set<NormalizedProblem>();
  const thinned = new Set<unknown[]>();
  let mended = false;
  for (const problem of problems) {
    const { ruleId, message, location } = problem;
    const [where] = location;
    if (ruleId !== "struct" || where?.pointer === undefined) continue;
    if (message.startsWith("Property `nullable` is not expected")) readable.add(problem);
    if (isTolerable(message)) continue;
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
    mended = true;
    if (Array.isArray(holder)) thinned.add(holder);
    const [, form] = /^Expected type `[^`]+` \((array|object)\)/.exec(message) ?? [];
    if (form !== undefined) (holder as Record<string, unknown>)[name] = form === "array" ? [] : {};
    else Reflect.deleteProperty(holder, name);
  }
  // Not before all are out: an index is that in the source.
  for (const list of thinned) list.splice(0, list.length, ...list.filter(() => true));
  return { told: problems.filter((problem) => !readable.has(problem)), mended };
}

/** Nothing is there that does not belong, or nobody reads it. */
function isTolerable(message: string): boolean {
  return /must be present|at least one of|is not expected here|is not allowed here/.test(message);
}
