import openapi from "@isc-customizers/types/openapi.json" with { type: "json" };
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { readPages } from "./pages.ts";
import type { CodeBlock } from "./read-markdown.ts";

const blocks = (await readPages()).flatMap((page) => page.blocks);
const inLanguage = (...languages: string[]) =>
  blocks
    .filter(({ language, exemption }) => languages.includes(language) && exemption === undefined)
    .map((block) => [`${block.file}:${block.line}`, block] as const);

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(openapi, "openapi.json");

/** Parses a block, and validates it against the schema that `schema=NAME` names, if there is one. @returns the problems. */
function problemsOf({ code, meta }: CodeBlock): string[] {
  const value: unknown = JSON.parse(code);
  const name = /(?:^|\s)schema=(\S+)/.exec(meta)?.[1];
  if (name === undefined) return [];
  const validate = ajv.getSchema(`openapi.json#/components/schemas/${name}`);
  if (validate === undefined) return [`The spec has no schema "${name}".`];
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test.each(inLanguage("json"))("%s is JSON that fits its schema", (_, block) => {
  expect(problemsOf(block)).toEqual([]);
});

test.each(inLanguage("yaml"))("%s is YAML", (_, { code }) => {
  expect(parseAllDocuments(code).flatMap(({ errors }) => errors.map(({ message }) => message))).toEqual([]);
});
