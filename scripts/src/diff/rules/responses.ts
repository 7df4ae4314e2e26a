import { isDeepStrictEqual } from "node:util";
import { isObject, memberOf } from "../../spec/json-pointer.ts";
import { preferredMediaType } from "../../spec/media-type.ts";
import { deref } from "../../spec/reference.ts";
import {
  added,
  type Case,
  major,
  minor,
  on,
  removed,
  response,
  type Rules,
  turnedOff,
  turnedOn,
} from "./rule.ts";

export const responseRules = {
  "success-added": minor(
    "A new success response has the same body as another. The result type stays.",
    on("Response", (found) => found.kind === "added" && isSuccess(found) && !hasNewBody(found) && "is new"),
  ),
  "success-added-with-another-body": major(
    "A new success response has a body of its own. The result type becomes a union: code that reads it does not compile.",
    on("Response", (found) => found.kind === "added" && isSuccess(found) && hasNewBody(found) && "is new"),
  ),
  "success-removed": major(
    "The result type may lose a member.",
    on("Response", (found) => found.kind === "removed" && isSuccess(found) && "is gone"),
  ),
  "error-response-added": minor(
    "The client already throws an `ApiError` for every status.",
    on("Response", (found) => found.kind === "added" && !isSuccess(found) && "is new"),
  ),
  "error-response-removed": minor(
    "A handler for it still compiles, and never runs.",
    on("Response", (found) => found.kind === "removed" && !isSuccess(found) && "is gone"),
  ),
  "response-header-added": minor("The vendor calls it non-breaking.", added("Header")),
  "response-header-removed": major("Code that reads it gets `null`.", removed("Header")),
  "response-header-became-optional": response.major(
    "Code that relies on the header may get `null`.",
    turnedOff("Header", "required", "may be missing now"),
  ),
  "response-header-became-required": response.minor(
    "Code that handles its absence still works.",
    turnedOn("Header", "required", "is always there now"),
  ),
} satisfies Rules;

function isSuccess({ kind, name, base, head, comparison }: Case): boolean {
  const { document } = kind === "added" ? comparison.head : comparison.base;
  return successesIn(document, (kind === "added" ? head : base).owner).has(name);
}

/** Returns `true` if a new success response has a body of its own. A former `default` success counts as another response. */
function hasNewBody({ name, base, head, comparison }: Case): boolean {
  const before = [...successesIn(comparison.base.document, base.owner)].filter(
    ([status]) => status === "default",
  );
  const after = successesIn(comparison.head.document, head.owner);
  const others = [...after, ...before].filter(([status]) => status !== name);
  return others.length > 0 && !others.some(([, schema]) => isDeepStrictEqual(schema, after.get(name)));
}

/** The schemas of the success responses, by status: those with 2xx, or `default` where there are none. */
function successesIn(
  document: Case["comparison"]["head"]["document"],
  responses: unknown,
): Map<string, unknown> {
  const all = Object.entries(isObject(responses) ? responses : {});
  const found = all.filter(([status]) => status.startsWith("2"));
  const successes = found.length > 0 ? found : all.filter(([status]) => status === "default");
  return new Map(
    successes.map(([status, written]) => {
      const { content = {} } = deref<{ content?: Record<string, unknown> }>(document, written);
      return [status, memberOf(content[preferredMediaType(Object.keys(content)) ?? ""], "schema")];
    }),
  );
}
