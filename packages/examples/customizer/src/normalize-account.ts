import type { Attributes } from "@sailpoint/connector-sdk";

const TRUE_WORDS: ReadonlySet<string> = new Set(["true", "yes", "y", "1", "active"]);
const FALSE_WORDS: ReadonlySet<string> = new Set(["false", "no", "n", "0", "inactive"]);

/** A copy of an account's attributes with text trimmed, `email` in lower case and `active` as a boolean. */
export function normalizeAttributes(attributes: Attributes): Attributes {
  const normalized: Attributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    normalized[name] = typeof value === "string" ? value.trim() : value;
  }
  // Sources disagree about its case, and two spellings of one address must not look like two people.
  if (typeof normalized["email"] === "string") normalized["email"] = normalized["email"].toLowerCase();
  if (typeof normalized["active"] === "string") normalized["active"] = toBoolean(normalized["active"]);
  return normalized;
}

export function hasEmail(attributes: Attributes | undefined): boolean {
  const email = attributes?.["email"];
  return typeof email === "string" && email.trim() !== "";
}

// A word that says neither is kept: a wrong guess would report somebody's account as inactive.
function toBoolean(text: string): boolean | string {
  const word = text.toLowerCase();
  if (TRUE_WORDS.has(word)) return true;
  return FALSE_WORDS.has(word) ? false : text;
}
