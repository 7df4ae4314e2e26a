import { type Case, changed, type Detected, major, minor, type Rules } from "./rule.ts";

/** The sufficient credentials: alternatives of schemes with their scopes (OpenAPI 3.1.0, section 4.8.30). */
type Requirements = readonly Readonly<Record<string, readonly string[]>>[];
type Outcome = "added" | "removed" | "loosened" | "changed" | undefined;

export const securityRules = {
  "security-added": major(
    "An operation requires more: credentials, another scheme or another scope. The server rejects calls with the former credentials.",
    (found) => requirements(found, "added"),
  ),
  "security-removed": major(
    "An operation no longer requires credentials. Calls still work, but a protected resource is now public.",
    (found) => requirements(found, "removed"),
  ),
  "security-loosened": minor(
    "An operation requires fewer scopes, or accepts other credentials too. Calls still work.",
    (found) => requirements(found, "loosened"),
  ),
  "security-changed": major("The server rejects calls with the former credentials.", (found) =>
    requirements(found, "changed"),
  ),
  "security-scheme-changed": major(
    "A security scheme changes. Tokens come from another place, or are not accepted.",
    securityScheme,
  ),
} satisfies Rules;

const requirements = (found: Case, expected: Outcome) =>
  changed("SecurityRequirementList", "security", ({ before = [], after = [] }) => {
    const [had, has] = [before as Requirements, after as Requirements];
    const outcome = compare(had, has);
    if (outcome === undefined) return [];
    return outcome === expected && `needs ${wordsOf(has)} instead of ${wordsOf(had)}`;
  })(found);

function compare(before: Requirements, after: Requirements): Outcome {
  if (isOpen(before) && isOpen(after)) return undefined;
  if (isOpen(before)) return "added";
  if (isOpen(after)) return "removed";
  const stillEnough = before.every((had) => after.some((needs) => isEnough(had, needs)));
  const wasEnough = after.every((has) => before.some((needed) => isEnough(has, needed)));
  if (stillEnough) return wasEnough ? undefined : "loosened";
  return wasEnough ? "added" : "changed";
}

/** Returns `true` if anybody may call: no alternative is listed, or an empty one. */
function isOpen(listed: Requirements): boolean {
  return listed.length === 0 || listed.some((alternative) => Object.keys(alternative).length === 0);
}

function isEnough(given: Requirements[number], needed: Requirements[number]): boolean {
  return Object.entries(needed).every(([scheme, scopes]) => {
    const granted = given[scheme];
    return granted !== undefined && scopes.every((scope) => granted.includes(scope));
  });
}

function wordsOf(listed: Requirements): string {
  const alternatives = listed.map((alternative) =>
    Object.entries(alternative)
      .map(([scheme, scopes]) => [`\`${scheme}\``, ...scopes.map((scope) => `\`${scope}\``)].join(" with "))
      .join(" and "),
  );
  return alternatives.filter(Boolean).join(", or ") || "no credentials";
}

/** Detects a changed security scheme. New scopes count where an operation requires them. */
function securityScheme({ tokens, property, kind }: Case): Detected {
  if (tokens[1] !== "securitySchemes" || property === "description" || property === "scopes")
    return undefined;
  if (tokens.length === 3 && kind === "added") return undefined;
  if (kind === "removed") return "is gone";
  return property === undefined ? "has changed" : `has another \`${property}\``;
}
