import { memberOf } from "../../spec/json-pointer.ts";
import { preferredMediaType } from "../../spec/media-type.ts";
import { deref } from "../../spec/reference.ts";
import {
  type Case,
  changed,
  type Detected,
  major,
  minor,
  on,
  removed,
  request,
  response,
  type Rules,
  shown,
  turnedOff,
  turnedOn,
} from "./rule.ts";

/** Rules for request bodies, and for the media types of bodies and responses. */
export const bodyRules = {
  "request-body-added": minor(
    "Calls without it still work.",
    on("RequestBody", (found) => found.kind === "added" && !isRequired(found) && "is new"),
  ),
  "required-request-body-added": major(
    "Calls without it do not compile.",
    on("RequestBody", (found) => found.kind === "added" && isRequired(found) && "is new, and required"),
  ),
  "request-body-removed": major("Calls that pass it do not compile.", removed("RequestBody")),
  "request-body-became-required": major(
    "Calls without it do not compile.",
    turnedOn("RequestBody", "required", "is required now"),
  ),
  "request-body-became-optional": minor(
    "Calls that pass it still work.",
    turnedOff("RequestBody", "required", "is optional now"),
  ),
  "request-media-type-added": request.minor(
    "A body may have another media type too. The method keeps the one it has.",
    (found) => addedType(found, false),
  ),
  "request-media-type-removed": request.major("The type of `body` changes, or that of `raw`.", removedType),
  "request-media-type-replaced": request.major(
    "A method sends another media type than before: a new one, or the first of several in another order. The type of `body` changes.",
    replacedType,
  ),
  "response-media-type-added": response.minor(
    "A response may have another media type too. The method keeps the one it has.",
    (found) => preferredIn(found.base.owner) !== undefined && addedType(found, false),
  ),
  "response-media-type-removed": response.major(
    "What the call resolves to changes, or what `raw` does.",
    removedType,
  ),
  "response-media-type-replaced": response.major(
    "A method reads another media type than before: a new one, or the first of several in another order. What the call resolves to changes.",
    replacedType,
  ),
  "response-body-added": response.minor(
    "A response that had no body has one. No code read it before.",
    (found) => {
      return preferredIn(found.base.owner) === undefined && addedType(found, false);
    },
  ),
} satisfies Rules;

function isRequired({ comparison, after }: Case): boolean {
  return memberOf(deref(comparison.head.document, after), "required") === true;
}

/** A media type that is new, and that the method uses from now on, or not. */
function addedType({ typeName, kind, base, head, name }: Case, replaces: boolean): Detected {
  if (typeName !== "MediaType" || kind !== "added") return undefined;
  const before = preferredIn(base.owner);
  const isReplaced = before !== undefined && before !== preferredIn(head.owner);
  return isReplaced === replaces && `may be ${shown(name)} now`;
}

function replacedType(found: Case): Detected {
  const isReordered = changed("MediaTypesMap", "preferred", ({ before, after }) => {
    return `is ${shown(after)} for the method, which used ${shown(before)}`;
  });
  return addedType(found, true) || isReordered(found);
}

function removedType({ typeName, kind, name }: Case): Detected {
  return typeName === "MediaType" && kind === "removed" && `is no longer ${shown(name)}`;
}

function preferredIn(content: unknown): string | undefined {
  return preferredMediaType(Object.keys(content ?? {}));
}
