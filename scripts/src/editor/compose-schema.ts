import { descriptions, extensions, openApiKeywords } from "./extensions.ts";
import type { JsonSchema } from "./json-schema.ts";

interface Definitions {
  readonly $defs: Readonly<Record<string, JsonSchema>>;
}

const comment =
  "Written by `pnpm spec:schema`. Do not edit. OpenAPI 3.1 as the OpenAPI Initiative describes it (Apache-2.0, " +
  "https://spec.openapis.org/oas/), JSON Schema's own keywords (https://json-schema.org/draft/2020-12), and this project's " +
  "extensions.";

/**
 * One schema of a spec, for editors: that of OpenAPI, which leaves schema objects open, with the vocabularies of JSON Schema
 * for these, and with this project's extensions. It refers to nothing outside itself, so that it serves without a network.
 */
export function composeSchema(
  openApi: JsonSchema & Definitions,
  vocabularies: readonly JsonSchema[],
): JsonSchema {
  const { $id: _, $comment: __, ...schema } = openApi;
  const definitions: Record<string, JsonSchema> = { ...openApi.$defs, schema: schemaObject(vocabularies) };
  for (const vocabulary of vocabularies) Object.assign(definitions, local(vocabulary["$defs"] ?? {}));
  for (const [name, properties] of [...Object.entries(extensions), ...Object.entries(descriptions)]) {
    definitions[name] = withProperties(definitions[name] ?? {}, properties);
  }
  return { $comment: comment, ...schema, $defs: definitions };
}

/** A schema object has the keywords of JSON Schema, and a few of OpenAPI's (OpenAPI 3.1.0, section 4.8.24). */
function schemaObject(vocabularies: readonly JsonSchema[]): JsonSchema {
  const keywords = vocabularies.map((vocabulary) => local(vocabulary["properties"] ?? {}));
  return {
    $comment: "https://spec.openapis.org/oas/v3.1#schema-object",
    type: ["object", "boolean"],
    properties: Object.assign({}, ...keywords, openApiKeywords),
    patternProperties: { "^x-": true },
    // More is allowed, but means nothing: it is a slip of the pen, which the linter refuses too.
    additionalProperties: false,
  };
}

/** The same with every reference to "any schema" made one within this document. */
function local(node: unknown): object {
  return JSON.parse(
    JSON.stringify(node).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"'),
  ) as object;
}

function withProperties(definition: JsonSchema, added: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const properties: Record<string, JsonSchema> = {
    ...(definition["properties"] as Record<string, JsonSchema>),
  };
  for (const [name, schema] of Object.entries(added)) properties[name] = { ...properties[name], ...schema };
  return { ...definition, properties };
}
