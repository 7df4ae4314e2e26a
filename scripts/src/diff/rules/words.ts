import { memberOf } from "../../spec/json-pointer.ts";
import type { Side } from "../compare/difference.ts";
import { type Case, isShared, major, minor, patch, type Rules, shown } from "./rule.ts";

/** Members that hold text for people, in every type of node. */
const words = new Set(
  "title summary description termsOfService version name tags example examples externalDocs externalValue value xml $comment scopes x-client-name x-deprecated openapi".split(
    " ",
  ),
);
/** Types of nodes that hold only text for people. */
const documentation = new Set(
  "Info Contact License Tag TagList ExternalDocs Example ExamplesMap Xml Logo".split(" "),
);

/** Rules for components, documentation and extensions. */
export const wordRules = {
  "component-added": patch(
    "A component such as a parameter or a response is new. The change counts where the component is used.",
    (found) => isPart(found) && found.kind === "added" && "is new",
  ),
  "component-removed": major(
    "A parameter, response, body or header component is gone. `components` of `schema.ts` loses it, even if nothing uses it.",
    (found) =>
      isPart(found) && found.kind !== "added" && (found.kind === "removed" ? "is gone" : "has another name"),
  ),
  documentation: patch(
    "A description, an example, a tag, the title or the version changes. Docstrings and reference pages change; types do not.",
    ({ typeName, property = "", kind, base, head }) => {
      const isDeprecated = ({ owner }: Side) => memberOf(owner, "deprecated") === true;
      // The change of `deprecated` contains this text.
      if (property === "x-deprecated" && isDeprecated(head) && !isDeprecated(base)) return [];
      if (kind === "modified")
        return (words.has(property) || documentation.has(typeName)) && `has another \`${property}\``;
      return documentation.has(typeName) && `has ${kind === "added" ? "a new" : "lost its"} ${typeName}`;
    },
  ),
  extension: patch(
    "An extension changes that this project does not read. The generated code stays.",
    ({ property = "" }) => property.startsWith("x-") && !words.has(property) && `has another \`${property}\``,
  ),
} satisfies Rules;

/** Rules for differences that no other rule detects. */
export const otherRules = {
  "other-removal": major(
    "Anything else was removed. It counts as a break to be safe.",
    ({ kind, typeName }) => {
      return kind === "removed" && `has lost its ${typeName}`;
    },
  ),
  "other-addition": minor(
    "Anything else was added. Existing parts stay as they are.",
    ({ kind, typeName }) => {
      return kind === "added" && `has a new ${typeName}`;
    },
  ),
  other: patch(
    "Any other difference. It is published in `openapi.json`.",
    ({ kind, property }) => kind === "modified" && `has another ${shown(property)}`,
  ),
} satisfies Rules;

function isPart(found: Case): boolean {
  return (
    isShared(found) &&
    found.typeName !== "Example" &&
    !(found.tokens[1] === "securitySchemes" && found.kind !== "added")
  );
}
