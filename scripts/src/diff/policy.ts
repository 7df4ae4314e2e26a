import type { Severity } from "./severity.ts";

/** What a rule stands for, and why it is rated so. */
interface Rating {
  readonly severity: Exclude<Severity, "none">;
  readonly change: string;
  readonly reason: string;
}

/**
 * The policy: how every kind of change is rated for a user of the TypeScript client. `docs/severity.md` shows it.
 * What the vendor's rules call non-breaking, as spec/openapi.yaml lists it, is at most minor.
 */
const table = {
  "operation-added": ["minor", "An operation is new.", "A method more; the vendor's rules: non-breaking."],
  "operation-removed": ["major", "An operation is gone.", "Its method is gone: calls do not compile."],
  "operation-renamed": [
    "major",
    "An operation has another `operationId`.",
    "The method of the old name is gone: calls do not compile.",
  ],
  "operation-moved": [
    "major",
    "An operation has another path or HTTP method.",
    "Its method stays, but `raw` and `paths` know the old path no more.",
  ],
  "operation-deprecated": [
    "minor",
    "An operation is deprecated.",
    "It works on; editors strike its calls through.",
  ],
  "operation-undeprecated": [
    "patch",
    "An operation is no longer deprecated.",
    "Nothing to change in any code.",
  ],
  "operation-made-experimental": [
    "major",
    "An operation becomes experimental.",
    "The promise to keep it stable is taken back.",
  ],
  "operation-made-stable": [
    "minor",
    "An operation is no longer experimental.",
    "It comes under this policy.",
  ],
  "pagination-added": [
    "minor",
    "An operation is paginated.",
    "Its `PagePromise` is still awaited for one page, and can be iterated.",
  ],
  "pagination-removed": [
    "major",
    "An operation is no longer paginated.",
    "Its `PagePromise` becomes an `ApiPromise`: iterating it does not compile.",
  ],
  "pagination-changed": ["minor", "An operation is paginated by other parameters.", "Its types stay."],
  "parameter-added": ["minor", "An optional parameter is new.", "The vendor's rules: non-breaking."],
  "required-parameter-added": [
    "major",
    "A required parameter is new.",
    "Calls without it do not compile. A header of one fixed value counts too, for `raw` must be given it.",
  ],
  "parameter-removed": ["major", "A parameter is gone.", "Calls that pass it do not compile."],
  "parameter-renamed": [
    "major",
    "A parameter has another name.",
    "Calls that pass the old name do not compile.",
  ],
  "parameter-moved": [
    "major",
    "A parameter stands in another place: query, path or header.",
    "Its method takes it as before, but calls by `raw` do not compile.",
  ],
  "parameter-became-required": ["major", "A parameter becomes required.", "Calls without it do not compile."],
  "parameter-became-optional": [
    "minor",
    "A parameter becomes optional.",
    "Calls that pass it compile and work on.",
  ],
  "parameter-encoding-changed": [
    "minor",
    "A parameter is written in another way (`style`, `explode`).",
    "The client writes it; its type stays.",
  ],
  "request-body-added": ["minor", "An operation takes an optional body.", "Calls without it work on."],
  "required-request-body-added": ["major", "An operation needs a body.", "Calls without it do not compile."],
  "request-body-removed": [
    "major",
    "An operation takes no body any more.",
    "Calls that pass it do not compile.",
  ],
  "request-body-became-required": ["major", "The body becomes required.", "Calls without it do not compile."],
  "request-body-became-optional": ["minor", "The body becomes optional.", "Calls that pass it work on."],
  "request-media-type-added": [
    "minor",
    "A body may have another media type too.",
    "The method keeps the one it has.",
  ],
  "request-media-type-removed": [
    "major",
    "A body may no longer have a media type.",
    "The type of `body` changes, or that of `raw`.",
  ],
  "request-media-type-replaced": [
    "major",
    "A media type is new, and the method speaks it instead of the one before.",
    "The type of `body` changes.",
  ],
  "success-added": [
    "minor",
    "A success is new whose body is like that of another.",
    "The call's type stays.",
  ],
  "success-added-with-another-body": [
    "major",
    "A success is new whose body is like that of no other.",
    "What the call resolves to becomes a union: reading it does not compile.",
  ],
  "success-removed": ["major", "A success is gone.", "What the call resolves to may be gone with it."],
  "error-response-added": ["minor", "An error status is new.", "Any status is an `ApiError` already."],
  "error-response-removed": [
    "minor",
    "An error status is gone.",
    "A handler for it compiles, and is not run.",
  ],
  "response-media-type-added": [
    "minor",
    "A response may have another media type too.",
    "The method keeps the one it has.",
  ],
  "response-media-type-removed": [
    "major",
    "A response no longer has a media type.",
    "What the call resolves to changes, or what `raw` does.",
  ],
  "response-media-type-replaced": [
    "major",
    "A media type is new, and the method reads it instead of the one before.",
    "What the call resolves to changes.",
  ],
  "response-body-added": ["minor", "A response that had no body has one.", "Nobody read it before."],
  "response-header-added": ["minor", "A response header is new.", "The vendor's rules: non-breaking."],
  "response-header-removed": ["major", "A response header is gone.", "Code that reads it finds nothing."],
  "response-header-became-optional": [
    "major",
    "A response header may be missing.",
    "Code that relies on it finds nothing at times.",
  ],
  "response-header-became-required": [
    "minor",
    "A response header is always there.",
    "Code that copes without works on.",
  ],
  "request-property-added": [
    "minor",
    "A property that may be sent is new.",
    "The vendor's rules: as a parameter.",
  ],
  "required-request-property-added": [
    "major",
    "A property that must be sent is new.",
    "An object without it does not compile.",
  ],
  "request-property-removed": [
    "major",
    "A property may no longer be sent.",
    "An object literal that has it does not compile.",
  ],
  "request-property-became-required": [
    "major",
    "A property must be sent.",
    "An object without it does not compile.",
  ],
  "request-property-became-optional": [
    "minor",
    "A property need not be sent.",
    "An object that has it compiles.",
  ],
  "response-property-added": [
    "minor",
    "A property is new in a response.",
    "The vendor's rules: non-breaking.",
  ],
  "response-property-removed": [
    "major",
    "A property is gone from a response.",
    "Code that reads it does not compile.",
  ],
  "response-property-became-required": [
    "minor",
    "A property is always there in a response.",
    "Code that copes without it works on.",
  ],
  "response-property-became-optional": [
    "major",
    "A property may be missing from a response.",
    "It may be `undefined`: strict code that reads it does not compile.",
  ],
  "request-type-widened": ["minor", "More types of value may be sent.", "What was sent before still may be."],
  "request-type-changed": [
    "major",
    "A type of value may no longer be sent.",
    "Code that sends it does not compile.",
  ],
  "response-type-changed": [
    "major",
    "A value in a response has another type.",
    "Code that reads it does not compile, or not as it was meant.",
  ],
  "response-number-changed": [
    "minor",
    "A number in a response becomes an integer, or an integer any number.",
    "Both are `number` in TypeScript.",
  ],
  "request-null-allowed": ["minor", "`null` may be sent.", "What was sent before still may be."],
  "request-null-refused": ["major", "`null` may no longer be sent.", "Code that sends it does not compile."],
  "response-null-added": [
    "major",
    "A value in a response may be `null`.",
    "Strict code that reads it does not compile.",
  ],
  "response-null-removed": [
    "minor",
    "A value in a response is no longer `null`.",
    "Code that copes with it works on.",
  ],
  "request-enum-value-added": ["minor", "A value more may be sent.", "The vendor's rules: non-breaking."],
  "request-enum-value-removed": [
    "major",
    "A value may no longer be sent.",
    "Code that sends it does not compile.",
  ],
  "response-enum-value-added": [
    "minor",
    "A value more may come in a response.",
    "The vendor's rules: non-breaking, and readers must expect it. Only a `switch` that ends in `never` stops compiling, " +
      "as its author asked.",
  ],
  "response-enum-value-removed": [
    "major",
    "A value no longer comes in a response.",
    "A comparison with it does not compile.",
  ],
  "request-default-added": [
    "minor",
    "What is assumed of a value left out is now said.",
    "Calls and types stay.",
  ],
  "request-default-changed": [
    "major",
    "What is assumed of a value left out is another, or is no longer said.",
    "The same call does another thing, and no compiler tells.",
  ],
  "response-default-changed": [
    "patch",
    "The default of a value in a response changes.",
    "The server sends it or not.",
  ],
  "request-constraint-tightened": [
    "major",
    "Less may be sent: `pattern`, `format`, `minimum`, `maxLength` and the like.",
    "What was accepted is refused at run time, and no compiler tells.",
  ],
  "request-constraint-loosened": [
    "minor",
    "More may be sent, within the same type.",
    "What was sent still may be.",
  ],
  "response-constraint-tightened": [
    "patch",
    "Less may come in a response, within the same type.",
    "All of it did.",
  ],
  "response-constraint-loosened": [
    "minor",
    "More may come in a response, within the same type.",
    "The type stays; code that counted on the bound should be looked at.",
  ],
  "request-alternative-added": [
    "minor",
    "One more of `oneOf` or `anyOf` may be sent.",
    "The others still may be.",
  ],
  "request-alternative-removed": [
    "major",
    "One of `oneOf` or `anyOf` may no longer be sent.",
    "Code that sends it does not compile.",
  ],
  "response-alternative-changed": [
    "major",
    "A response has one of `oneOf` or `anyOf` more or less.",
    "A union has another member: code that tells them apart does not compile, or misses one.",
  ],
  "composition-changed": [
    "major",
    "A schema has a part more or less: of `allOf`, `items`, `not` and the like, or its `discriminator`.",
    "Its type is made another way.",
  ],
  "made-read-only": [
    "major",
    "A property is made `readOnly`.",
    "It leaves what is sent; assigning it does not compile.",
  ],
  "made-write-only": ["major", "A property is made `writeOnly`.", "It leaves what is read."],
  "made-readable-and-writable": [
    "minor",
    "A property is no longer `readOnly` or `writeOnly`.",
    "It is there in both directions.",
  ],
  "schema-deprecated": [
    "minor",
    "A property, parameter or model is deprecated.",
    "It works on; editors strike it through.",
  ],
  "schema-undeprecated": [
    "patch",
    "A property, parameter or model is no longer deprecated.",
    "Nothing to change.",
  ],
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
  "server-moved": ["major", "The first server has another URL.", "Calls go to another address by default."],
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
} as const satisfies Record<string, readonly [Rating["severity"], string, string]>;

export type Rule = keyof typeof table;

export const policy: ReadonlyMap<Rule, Rating> = new Map(
  Object.entries(table).map(([rule, [severity, change, reason]]) => [
    rule as Rule,
    { severity, change, reason },
  ]),
);

export function severityOf(rule: Rule): Rating["severity"] {
  return table[rule][0];
}
