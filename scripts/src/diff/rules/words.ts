import { type Case, isShared, major, minor, patch, type Rules, shown } from "./rule.ts";

/** Members that are words for people, whatever has them. */
const words = new Set(
  "title summary description termsOfService version name tags example examples externalDocs externalValue value xml $comment scopes x-client-name openapi".split(
    " ",
  ),
);
/** Nodes of which every member is words for people. */
const documentation = new Set(
  "Info Contact License Tag TagList ExternalDocs Example ExamplesMap Xml Logo".split(" "),
);

/** Rules for shared parts of a document, and for words and extensions. */
export const wordRules = {
  "component-added": patch(
    "A shared parameter, response or the like is new. It counts where it is used.",
    (found) => isPart(found) && found.kind === "added" && "is new",
  ),
  "component-removed": major(
    "A shared parameter, response, body or header is gone. `components` of `schema.ts` has it no more, even if nothing uses it.",
    (found) =>
      isPart(found) && found.kind !== "added" && (found.kind === "removed" ? "is gone" : "has another name"),
  ),
  documentation: patch(
    "Descriptions, examples, tags, the title or version of the document. Docstrings and reference pages change, no type does.",
    ({ typeName, property = "", kind }) => {
      if (kind === "modified")
        return (words.has(property) || documentation.has(typeName)) && `has another \`${property}\``;
      return documentation.has(typeName) && `has ${kind === "added" ? "a new" : "lost its"} ${typeName}`;
    },
  ),
  extension: patch(
    "An extension that this project does not read. It changes nothing that is generated.",
    ({ property }) => property?.startsWith("x-") && `has another \`${property}\``,
  ),
} satisfies Rules;

/** Rules for differences that no other rule detects. */
export const otherRules = {
  "other-removal": major(
    "Anything else is gone. It is safer to take it for a break.",
    ({ kind, typeName }) => {
      return kind === "removed" && `has lost its ${typeName}`;
    },
  ),
  "other-addition": minor(
    "Anything else is new. Nothing that was there has changed.",
    ({ kind, typeName }) => {
      return kind === "added" && `has a new ${typeName}`;
    },
  ),
  other: patch(
    "Any other difference. `openapi.json` is published, so that no difference is nothing.",
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
