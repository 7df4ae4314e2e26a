import { readFileSync } from "node:fs";
import { composeSchema } from "./compose-schema.ts";
import type { JsonSchema } from "./json-schema.ts";

const vocabularies = [
  "core",
  "applicator",
  "unevaluated",
  "validation",
  "meta-data",
  "format-annotation",
  "content",
];

/** The text of `spec/schema.json`, composed of what packages ship. */
export function editorSchema(): string {
  const openApi = read("@seriousme/openapi-schema-validator/schemas/v3.1/schema.json");
  const { $defs } = openApi;
  if (!isDefinitions($defs)) throw new Error("The schema of OpenAPI 3.1 has no definitions.");
  const keywords = vocabularies.map((name) => read(`ajv/dist/refs/json-schema-2020-12/meta/${name}.json`));
  return `${JSON.stringify(composeSchema({ ...openApi, $defs }, keywords), undefined, 2)}\n`;
}

function read(specifier: string): JsonSchema {
  return JSON.parse(readFileSync(new URL(import.meta.resolve(specifier)), "utf8")) as JsonSchema;
}

function isDefinitions(value: unknown): value is Record<string, JsonSchema> {
  return typeof value === "object" && value !== null;
}
