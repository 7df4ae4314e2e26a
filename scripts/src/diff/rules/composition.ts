import { formOf } from "../canonical/keywords.ts";
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

/** Rules for named schemas, and for schemas that are composed of others. */
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
    "One more of `oneOf` or `anyOf` may be sent. The others still may be.",
    (found) => isAlternative(found) && found.kind === "added" && "has an alternative more",
  ),
  "request-alternative-removed": request.major(
    "One of `oneOf` or `anyOf` may no longer be sent. Code that sends it does not compile.",
    (found) => isAlternative(found) && found.kind === "removed" && "has an alternative less",
  ),
  "response-alternative-changed": response.major(
    "A response has one of `oneOf` or `anyOf` more or less. A union has another member: code that tells them apart does not compile, or misses one.",
    (found) => isAlternative(found) && `has an alternative ${found.kind === "added" ? "more" : "less"}`,
  ),
  "composition-changed": major(
    "A schema has a part more or less: of `allOf`, `items`, `not` and the like, or its `discriminator`. Its type is made in another way.",
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
      typeName === "Schema" && formOf(property) !== undefined && !property.endsWith("Properties");
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
  return `has ${part} ${kind === "added" ? "more" : "less"}`;
}
