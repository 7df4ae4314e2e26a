import type { Rule } from "./policy.ts";

/** The credentials that are enough, each alternative by scheme and scopes (OpenAPI 3.1.0, section 4.8.30). */
export type Requirements = readonly Readonly<Record<string, readonly string[]>>[];

/** The rule that a change of requirements falls under, if it changes anything. */
export function rateRequirements(before: Requirements, after: Requirements): Rule | undefined {
  if (isOpen(before) && isOpen(after)) return undefined;
  if (isOpen(before)) return "security-added";
  if (isOpen(after)) return "security-removed";
  const stillEnough = before.every((had) => after.some((needs) => isEnough(had, needs)));
  const wasEnough = after.every((has) => before.some((needed) => isEnough(has, needed)));
  if (stillEnough) return wasEnough ? undefined : "security-loosened";
  return wasEnough ? "security-added" : "security-changed";
}

/** Anybody may call: nothing is listed, or an alternative that is nothing. */
function isOpen(requirements: Requirements): boolean {
  return (
    requirements.length === 0 || requirements.some((alternative) => Object.keys(alternative).length === 0)
  );
}

function isEnough(given: Requirements[number], needed: Requirements[number]): boolean {
  return Object.entries(needed).every(([scheme, scopes]) => {
    const granted = given[scheme];
    return granted !== undefined && scopes.every((scope) => granted.includes(scope));
  });
}
