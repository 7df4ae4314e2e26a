import { preferredMediaType } from "../../spec/media-type.ts";
import {
  type Case,
  changed,
  isRequiredNode,
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

export const bodyRules = {
  "request-body-added": minor(
    "Calls without it still work.",
    on("RequestBody", (found) => found.kind === "added" && !isRequiredNode(found) && "is new"),
  ),
  "required-request-body-added": major(
    "Calls without it do not compile.",
    on("RequestBody", (found) => found.kind === "added" && isRequiredNode(found) && "is new, and required"),
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
    "A request body may have another media type. The method keeps its media type.",
    (found) => addedType(found, false),
  ),
  "request-media-type-removed": request.major(
    "The type of `body` changes, or the type of `raw`.",
    removedType,
  ),
  "request-media-type-replaced": request.major(
    "The method sends another media type: a new one, or the first of several in a new order. The type of `body` changes.",
    replacedType,
  ),
  "response-media-type-added": response.minor(
    "A response may have another media type. The method keeps its media type.",
    (found) => preferredIn(found.base.owner) !== undefined && addedType(found, false),
  ),
  "response-media-type-removed": response.major(
    "The result type of the method changes, or that of `raw`.",
    removedType,
  ),
  "response-media-type-replaced": response.major(
    "The method reads another media type: a new one, or the first of several in a new order. The result type changes.",
    replacedType,
  ),
  "response-body-added": response.minor(
    "A response without a body gets one. No existing code reads it.",
    (found) => {
      return preferredIn(found.base.owner) === undefined && addedType(found, false);
    },
  ),
} satisfies Rules;

/** Detects a new media type that the method uses from now on (`replaces`), or that it does not use. */
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
