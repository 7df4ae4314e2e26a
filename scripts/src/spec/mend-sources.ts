import type { BaseResolver, NormalizedProblem } from "@redocly/openapi-core";
import { memberOf, nodeAt, unescapePointer } from "./json-pointer.ts";

/**
 * Takes out of the sources of a spec what has not the form that the OpenAPI specification has, so that everything else can be read: an
 * empty object or list is put in place of what should be one, a number or a boolean becomes the text that should be there, and anything
 * else goes. What a field should have besides stays away.
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
    const key = where.pointer.slice(where.pointer.lastIndexOf("/") + 1);
    // Redocly takes the members of every object, such as `constructor`, for fields of OpenAPI.
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
    mended = true;
    if (Array.isArray(holder)) thinned.add(holder);
    const [, form] = /^Expected type `[^`]+` \((array|object)\)/.exec(message) ?? [];
    const isText = /^Expected type `string` but got `(?:integer|number|boolean)`/.test(message);
    if (isText) (holder as Record<string, unknown>)[name] = String(memberOf(holder, name));
    else if (form !== undefined) (holder as Record<string, unknown>)[name] = form === "array" ? [] : {};
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
