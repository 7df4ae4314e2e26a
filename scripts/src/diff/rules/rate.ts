import { type Case, type Finding, shown } from "./finding.ts";
import { tokensOf } from "../../spec/json-pointer.ts";
import { rateSchemaMember } from "./rate-member.ts";
import { rateExtension } from "./rate-extension.ts";
import { rateOperation, ratePathItem } from "./rate-operation.ts";
import { rateHeader, rateMediaType, rateParameter, rateRequestBody, rateResponse } from "./rate-part.ts";
import { rateKeyword } from "./rate-schema.ts";
import { rateServer, rateServerVariable } from "./rate-server.ts";

/** Members that are words for people, whatever has them. */
const words = new Set(
  "title summary description termsOfService version name tags example examples externalDocs externalValue value xml $comment".split(
    " ",
  ),
);
/** Nodes of which every member is words for people. */
const documentationTypes = new Set([
  "Info",
  "Contact",
  "License",
  "Tag",
  "TagList",
  "ExternalDocs",
  "Example",
  "ExamplesMap",
  "Xml",
]);

/** The rules that a difference falls under. None, where it says nothing to a user. */
export function rate(found: Case): Finding[] {
  return rateKnown(found) ?? rateWords(found) ?? rateRest(found);
}

function rateKnown(found: Case): Finding[] | undefined {
  const { typeName, property, base, head } = found.difference;
  const tokens = tokensOf((head ?? base)?.pointer ?? "#");
  if (typeName === "SpecExtension" || property?.startsWith("x-")) return rateExtension(found);
  if (tokens[0] === "components") {
    if (tokens[1] === "securitySchemes") return rateSecurityScheme(found, tokens.length === 3);
    if (tokens.length === 3 && typeName !== "Schema" && (property === undefined || property === "key"))
      return rateComponent(found);
  }
  // A webhook is no method of the client.
  if (tokens[0] === "webhooks" && typeName === "Operation") return undefined;
  switch (typeName) {
    case "PathItem":
      return ratePathItem(found);
    case "Operation":
      return rateOperation(found);
    case "Parameter":
      return rateParameter(found);
    case "RequestBody":
      return rateRequestBody(found);
    case "MediaType":
      return rateMediaType(found);
    case "Response":
      return rateResponse(found);
    case "Header":
      return rateHeader(found);
    case "Schema":
      return found.difference.kind === "modified" ? rateKeyword(found) : rateSchemaMember(found);
    case "SchemaList":
      return rateSchemaMember(found);
    case "Discriminator":
    case "DiscriminatorMapping":
      return [{ rule: "composition-changed", text: "has another `discriminator`" }];
    case "Server":
      return rateServer(found);
    case "ServerVariable":
      return rateServerVariable(found);
    default:
      return undefined;
  }
}

function rateComponent({ difference }: Case): Finding[] {
  if (difference.typeName === "Example") return [{ rule: "documentation", text: "is another example" }];
  return difference.kind === "added"
    ? [{ rule: "component-added", text: "is new" }]
    : [{ rule: "component-removed", text: difference.kind === "removed" ? "is gone" : "has another name" }];
}

function rateSecurityScheme({ difference }: Case, isWhole: boolean): Finding[] {
  // A scope that is needed shows with the operation that needs it.
  if (difference.property === "description" || difference.property === "scopes")
    return [{ rule: "documentation", text: `has another \`${difference.property}\`` }];
  if (isWhole && difference.kind === "added") return [{ rule: "component-added", text: "is new" }];
  const text = difference.property === undefined ? "is another" : `has another \`${difference.property}\``;
  return [{ rule: "security-scheme-changed", text: difference.kind === "removed" ? "is gone" : text }];
}

function rateWords({ difference }: Case): Finding[] | undefined {
  const { typeName, property, kind } = difference;
  if (property !== undefined && (words.has(property) || documentationTypes.has(typeName)))
    return [{ rule: "documentation", text: `has another \`${property}\`` }];
  if (!documentationTypes.has(typeName)) return undefined;
  return [{ rule: "documentation", text: `has ${kind === "added" ? "a new" : "lost its"} ${typeName}` }];
}

function rateRest({ difference }: Case): Finding[] {
  const { property, typeName, kind } = difference;
  if (kind === "added") return [{ rule: "other-addition", text: `has a new ${typeName}` }];
  if (kind === "removed") return [{ rule: "other-removal", text: `has lost its ${typeName}` }];
  return [{ rule: "other", text: `has another ${shown(property)}` }];
}
