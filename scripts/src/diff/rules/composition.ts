import { schemaForm } from "../../spec/document-shapes.ts";
import {
  type Case,
  type Detected,
  major,
  minor,
  request,
  response,
  type Rules,
  shown,
  changed,
} from "./rule.ts";
import { isUnspecific } from "./schema-types.ts";

export const compositionRules = {
  "model-added": minor("A new type.", (found) => isModel(found) && found.kind === "added" && "is new"),
  "model-removed": major(
    "Importing its type does not compile.",
    (found) => isModel(found) && found.kind === "removed" && "is gone",
  ),
  "model-renamed": major(
    "A named schema, or its type, has another name. Importing its type by the old name does not compile.",
    changed("Schema", "key", ({ before }) => `was ${shown(before)} before`),
  ),
  "request-alternative-added": request.minor(
    "A request accepts another alternative of `oneOf` or `anyOf`. Existing calls still work.",
    (found) => isAlternative(found) && found.kind === "added" && "has a new alternative",
  ),
  "request-alternative-removed": request.major(
    "A request no longer accepts an alternative of `oneOf` or `anyOf`. Code that sends it does not compile.",
    (found) => isAlternative(found) && found.kind === "removed" && "has lost an alternative",
  ),
  "response-alternative-changed": response.major(
    "A response gains or loses an alternative of `oneOf` or `anyOf`. Its type is another union: code that distinguishes the members may not compile, or may miss one.",
    (found) =>
      isAlternative(found) && (found.kind === "added" ? "has a new alternative" : "has lost an alternative"),
  ),
  "composition-changed": major(
    "A schema gains or loses a part (of `allOf`, `items`, `not` and so on), or its `discriminator` changes. Its type is composed differently.",
    composition,
  ),
} satisfies Rules;

function isModel({ typeName, kind, tokens }: Case): boolean {
  return typeName === "Schema" && kind !== "modified" && tokens[1] === "schemas" && tokens.length === 3;
}

function isAlternative({ typeName, kind, tokens }: Case): boolean {
  return (
    typeName === "SchemaList" && kind !== "modified" && !/^(?:allOf|prefixItems)$/.test(tokens.at(-2) ?? "")
  );
}

function composition(found: Case): Detected {
  const { typeName, kind, property = "", name, tokens, before } = found;
  if (kind === "modified") {
    if (property === "discriminator") return typeName === "Schema" && "has another `discriminator`";
    const isPart =
      typeName === "Schema" && schemaForm(property) !== undefined && !property.endsWith("Properties");
    return (
      isPart &&
      !isUnspecific(found) &&
      `${before === undefined ? "has" : "has another or no"} \`${property}\``
    );
  }
  if (isModel(found) || isAlternative(found) || tokens.at(-2) === "properties") return undefined;
  if (typeName !== "Schema" && typeName !== "SchemaList") return undefined;
  if (/^(?:additional|unevaluated)Properties$/.test(name)) return undefined;
  const part = /^\d+$/.test(name) ? `a part of \`${tokens.at(-2)}\`` : `\`${name}\``;
  return `${kind === "added" ? "now has" : "has lost"} ${part}`;
}
