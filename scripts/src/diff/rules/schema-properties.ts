import type { OpenAPI3 } from "../../spec/openapi.ts";
import { memberOf, nodeAt } from "../../spec/json-pointer.ts";
import { isMarked } from "../compare/location.ts";
import {
  type Case,
  changed,
  deprecationOf,
  type Detected,
  listOf,
  major,
  minor,
  missingFrom,
  on,
  patch,
  request,
  response,
  type Rule,
  type Rules,
  shown,
  turnedOff,
  turnedOn,
} from "./rule.ts";

const property = (detect: (found: Case) => Detected) =>
  on("Schema", (found) => found.tokens.at(-2) === "properties" && found.kind !== "modified" && detect(found));

export const schemaPropertyRules = {
  "request-property-added": request.minor(
    "The vendor calls an optional parameter non-breaking. An optional property is the same.",
    property((found) => found.kind === "added" && !isRequired(found) && "is new"),
  ),
  "required-request-property-added": request.major(
    "An object without it does not compile.",
    property((found) => found.kind === "added" && isRequired(found) && "is new, and required"),
  ),
  "request-property-removed": request.major(
    "An object literal that has it does not compile.",
    property(({ kind }) => kind === "removed" && "is gone"),
  ),
  "property-renamed": major(
    "A property has a new name; its schema is the same. Code that reads or sends the old name does not compile.",
    changed("SchemaProperty", "key", ({ before }) => `was called ${shown(before)}`),
  ),
  "request-property-became-required": request.major(
    "An object without it does not compile.",
    (found) => nowRequired(found, "readOnly") || becameWritable(found),
  ),
  "request-property-became-optional": request.minor("An object that has it compiles.", (found) =>
    nowOptional(found, "readOnly"),
  ),
  "response-property-added": response.minor(
    "The vendor calls it non-breaking.",
    property((found) => found.kind === "added" && (isRequired(found) ? "is new, and required" : "is new")),
  ),
  "response-property-removed": response.major(
    "Code that reads it does not compile.",
    property(({ kind }) => kind === "removed" && "is gone"),
  ),
  "response-property-became-required": response.minor("Code that handles its absence still works.", (found) =>
    nowRequired(found, "writeOnly"),
  ),
  "response-property-became-optional": response.major(
    "It may be `undefined`: strict code that reads it does not compile.",
    (found) => nowOptional(found, "writeOnly"),
  ),
  "made-read-only": request.major(
    "A property that is sent is made `readOnly`. It is no longer sent; assigning it does not compile.",
    turnedOn("Schema", "readOnly", "is `readOnly` now"),
  ),
  "made-write-only": response.major(
    "A property of a response is made `writeOnly`. The response no longer contains it.",
    turnedOn("Schema", "writeOnly", "is `writeOnly` now"),
  ),
  "made-readable-and-writable": minor(
    "The property is sent and returned.",
    (found) =>
      !becameWritable(found) &&
      (turnedOff("Schema", "readOnly", "is no longer `readOnly`")(found) ||
        turnedOff("Schema", "writeOnly", "is no longer `writeOnly`")(found)),
  ),
  "mark-without-effect": patch(
    "A property that is never sent is made `readOnly`, or one that is never returned is made `writeOnly`. Requests and responses stay as they are.",
    (found) =>
      (!found.location.request && turnedOn("Schema", "readOnly", "is `readOnly` now")(found)) ||
      (!found.location.response && turnedOn("Schema", "writeOnly", "is `writeOnly` now")(found)),
  ),
  "schema-deprecated": minor(
    "A property, parameter, header or model is deprecated. It still works; editors strike it through.",
    deprecation((typeName) => changed(typeName, "deprecated", deprecationOf)),
  ),
  "schema-undeprecated": patch(
    "A property, parameter, header or model is no longer deprecated. Code need not change.",
    deprecation((typeName) => turnedOff(typeName, "deprecated", "is no longer deprecated")),
  ),
} satisfies Rules;

function deprecation(detectIn: (typeName: string) => Rule["detect"]) {
  const detects = ["Schema", "Parameter", "Header"].map(detectIn);
  return (found: Case) => detects.map((detect) => detect(found)).find(Boolean);
}

function isRequired({ head, name }: Case): boolean {
  return listOf(memberOf(head.owner, "required")).includes(name);
}

/** Detects a required property that is no longer `readOnly`. */
function becameWritable({
  typeName,
  property: marker,
  location,
  before,
  tokens,
  comparison,
}: Case): Detected {
  if (typeName !== "Schema" || marker !== "readOnly" || before !== true || !location.request)
    return undefined;
  const required = memberOf(nodeAt(comparison.head.document, tokens.slice(0, -3)), "required");
  const isProperty = tokens.at(-3) === "properties" && listOf(required).includes(tokens.at(-2));
  return isProperty && "is no longer `readOnly`, and required";
}

function nowRequired({ base, head, comparison, ...found }: Case, marker: "readOnly" | "writeOnly"): Detected {
  if (found.typeName !== "Schema" || found.property !== "required") return undefined;
  const stays = stayingIn(base.owner, head.owner, comparison.head.document, marker);
  return missingFrom(found.before, listOf(found.after).filter(stays), (name) => `requires ${name}`);
}

function nowOptional({ base, head, comparison, ...found }: Case, marker: "readOnly" | "writeOnly"): Detected {
  if (found.typeName !== "Schema" || found.property !== "required") return undefined;
  const stays = stayingIn(head.owner, base.owner, comparison.base.document, marker);
  return missingFrom(found.after, listOf(found.before).filter(stays), (name) => `no longer requires ${name}`);
}

/** Excludes properties that were added or removed, and those that are marked for the other direction. */
function stayingIn(other: unknown, owner: unknown, document: OpenAPI3, marker: "readOnly" | "writeOnly") {
  const [here, there] = [memberOf(owner, "properties"), memberOf(other, "properties")];
  return (name: unknown) => {
    const property = memberOf(here, String(name));
    const isThere = memberOf(there, String(name)) !== undefined;
    return (property !== undefined) === isThere && !isMarked(document, property, marker);
  };
}
