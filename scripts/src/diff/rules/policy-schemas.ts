import type { RatedRules } from "./rated-rules.ts";

/** Schemas: properties, types, values and constraints, by the direction in which they go. */
export const schemaRules = {
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
} as const satisfies RatedRules;
