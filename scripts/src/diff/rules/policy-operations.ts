import type { RatedRules } from "./rated-rules.ts";

/** Operations, their parameters, bodies and responses. */
export const operationRules = {
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
} as const satisfies RatedRules;
