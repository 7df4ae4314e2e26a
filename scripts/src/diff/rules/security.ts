import { type Case, changed, type Detected, major, minor, type Rules } from "./rule.ts";

/** The credentials that are enough, each alternative by scheme and scopes (OpenAPI 3.1.0, section 4.8.30). */
type Requirements = readonly Readonly<Record<string, readonly string[]>>[];
type Outcome = "added" | "removed" | "loosened" | "changed" | undefined;

/** Rules for the credentials that calls need. */
export const securityRules = {
  "security-added": major(
    "An operation needs credentials, or more of them: a scheme, a scope. Calls with what was enough before are refused.",
    (found) => requirements(found, "added"),
  ),
  "security-removed": major(
    "An operation needs no credentials any more. What was protected is open to anybody. Calls still work, but nobody may take that for a detail.",
    (found) => requirements(found, "removed"),
  ),
  "security-loosened": minor(
    "An operation needs fewer scopes, or takes other credentials too. Calls still work.",
    (found) => requirements(found, "loosened"),
  ),
  "security-changed": major("Calls with the old ones are refused.", (found) =>
    requirements(found, "changed"),
  ),
  "security-scheme-changed": major(
    "How credentials are got or sent is another. Tokens come from elsewhere, or are not accepted.",
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

/** Anybody may call: nothing is listed, or an alternative that is empty. */
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

/** A scope that is needed is a change of the operation that needs it. */
function securityScheme({ tokens, property, kind }: Case): Detected {
  if (tokens[1] !== "securitySchemes" || property === "description" || property === "scopes")
    return undefined;
  if (tokens.length === 3 && kind === "added") return undefined;
  if (kind === "removed") return "is gone";
  return property === undefined ? "is another" : `has another \`${property}\``;
}
