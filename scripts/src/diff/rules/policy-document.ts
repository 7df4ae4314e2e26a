import type { RatedRules } from "./rated-rules.ts";

/** Named parts, security, servers, words, and all the rest. */
export const documentRules = {
  "model-added": ["minor", "A named schema is new.", "A type more."],
  "model-removed": ["major", "A named schema is gone.", "Importing its type does not compile."],
  "model-renamed": [
    "major",
    "A named schema has another name.",
    "Importing its type by the old one does not compile.",
  ],
  "component-added": [
    "patch",
    "A shared parameter, response or the like is new.",
    "It counts where it is used.",
  ],
  "component-removed": [
    "major",
    "A shared parameter, response, body or header is gone.",
    "`components` of `schema.ts` has it no more, even if nothing uses it.",
  ],
  "security-added": [
    "major",
    "An operation needs credentials, or more of them: a scheme, a scope.",
    "Calls with what was enough before are refused.",
  ],
  "security-removed": [
    "major",
    "An operation needs no credentials any more.",
    "What was protected is open to anybody. Calls work on, but nobody may take that for a detail.",
  ],
  "security-loosened": [
    "minor",
    "An operation needs fewer scopes, or takes other credentials too.",
    "Calls work on.",
  ],
  "security-changed": [
    "major",
    "An operation needs other credentials or scopes.",
    "Calls with the old ones are refused.",
  ],
  "security-scheme-changed": [
    "major",
    "How credentials are got or sent is another.",
    "Tokens come from elsewhere, or are not accepted.",
  ],
  "server-moved": [
    "major",
    "The first server has another URL: of all, of a path or of an operation.",
    "Calls go to another address by default.",
  ],
  "server-added": ["minor", "A server is new.", "Calls go where they went."],
  "server-removed": ["major", "A server is gone.", "Calls to it have nowhere to go."],
  "server-value-added": ["minor", "A server's variable may have a value more.", "Calls go where they went."],
  "server-value-removed": [
    "major",
    "A server's variable may no longer have a value, or is gone or new.",
    "An option that names it does not compile.",
  ],
  "server-default-changed": [
    "major",
    "A server's variable has another default.",
    "Calls go to another address or version, and no compiler tells.",
  ],
  documentation: [
    "patch",
    "Descriptions, examples, tags, the title or version of the document.",
    "Docstrings and reference pages change, no type does.",
  ],
  extension: ["patch", "An extension that this project does not know.", "It changes nothing generated."],
  "other-removal": ["major", "Anything else is gone.", "It is safer to take it for a break."],
  "other-addition": ["minor", "Anything else is new.", "Nothing that was there is another."],
  other: ["patch", "Any other difference.", "`openapi.json` is published, so that no difference is nothing."],
  "redocly-major": [
    "major",
    "A difference that only Redocly's `diff` finds, and rates as major.",
    "Where this table has no rule, Redocly's rating holds.",
  ],
  "redocly-minor": ["minor", "The same, rated as minor.", "As above."],
  "redocly-patch": ["patch", "The same, rated as patch.", "As above."],
} as const satisfies RatedRules;
