import { parseYaml } from "@redocly/openapi-core";
import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { diffDocuments } from "../../src/diff/diff-documents.ts";
import { nodeAt } from "../../src/spec/json-pointer.ts";
import { policy } from "../../src/diff/rules/policy.ts";
import { loadSpec, type Spec } from "../../src/spec/load-spec.ts";
import { root, tableIn, temporaryFolder } from "../support/harness.ts";

interface Edit {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly string[];
}

const folder = new URL("edits/", import.meta.url);
const edits = readdirSync(folder).flatMap(
  (name) => parseYaml(readFileSync(new URL(name, folder), "utf8")) as Edit[],
);
const baseFile = fileURLToPath(new URL("base.yaml", import.meta.url));

describe("one edit of a spec", () => {
  let text: string;
  let base: Spec;
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    text = await readFile(baseFile, "utf8");
    base = await loadSpec(baseFile);
    temporary = await temporaryFolder();
    return () => temporary[Symbol.asyncDispose]();
  });

  test.for(edits.map((edit) => [edit.name, edit] as const))("%s", async ([, { from, to, changes }]) => {
    expect(text).toContain(from);
    const file = join(temporary.path, "head.yaml");
    await writeFile(file, text.replace(from, to));
    const head = await loadSpec(file);

    const diff = diffDocuments(base.document, head.document);

    const found = diff.changes.map((change) => {
      const { line } = (change.file === "base" ? base : head).locate(change.pointer);
      const [operations, types] = [change.operationIds, change.types].map((names) => names.join() || "-");
      return `${change.severity} ${change.rule} ${change.file}:${line} ${operations} ${types}`;
    });
    expect(found).toEqual(changes);
    expect(diff.severity).toBe(changes[0]?.split(" ")[0] ?? "none");
  });
});

test("every rule of the policy has an edit that falls under it, but for those that only Redocly finds", () => {
  const tried = new Set(edits.flatMap(({ changes }) => changes.map((change) => change.split(" ")[1])));
  const untried = [...policy.keys()].filter((rule) => !tried.has(rule));
  expect(untried).toEqual(["redocly-major", "redocly-minor", "redocly-patch"]);
});

test("docs/severity.md has the policy, rule by rule", async () => {
  const page = await readFile(join(root, "docs/severity.md"), "utf8");
  const { headers, rows } = tableIn(page.replace(/ -+ (?=\|)/g, " --- "));
  expect(headers).toEqual(["rule", "severity", "what has changed", "why"]);
  expect(rows).toEqual(
    [...policy].map(([rule, { severity, change, reason }]) => [`\`${rule}\``, severity, change, reason]),
  );
});

test("what only Redocly finds is rated as Redocly has it, and no graver where it is experimental", () => {
  const found = (pointer: string, impact: "major" | "minor" | "patch") =>
    ({ typeName: "Schema", kind: "modified", property: "x", impact, revision: { pointer } }) as const;
  const document = { openapi: "3.1.0", info: { title: "T", version: "1" }, ...(parseYaml(parts) as object) };
  const rules = (impact: "major" | "minor" | "patch", pointer = "#/components/schemas/A") =>
    diffDocuments(document, document, [found(pointer, impact)]).changes;
  expect(rules("major")).toMatchObject([
    {
      rule: "redocly-major",
      severity: "major",
      operationIds: ["getA"],
      types: ["A"],
      pointer: "#/components/schemas/A",
    },
  ]);
  expect(rules("minor")).toMatchObject([{ rule: "redocly-minor", severity: "minor" }]);
  expect(rules("patch")).toMatchObject([{ rule: "redocly-patch", severity: "patch" }]);
  expect(rules("major", "#/components/schemas/B")).toMatchObject([
    { rule: "redocly-major", severity: "minor", operationIds: ["getB"] },
  ]);
});

test("Redocly's rating takes the place of a rule for anything other, if it is graver, and of no other rule", () => {
  const before = { openapi: "3.1.0", info: { title: "T", version: "1" }, ...(parseYaml(parts) as object) };
  const rules = (keyword: string, impact: "major" | "patch") => {
    const head = structuredClone(before);
    Object.assign(nodeAt(head, ["components", "schemas", "A"]) as object, parseYaml(keyword));
    const pointer = `#/components/schemas/A/${keyword.replace(/:.*/, "")}`;
    const found = { typeName: "Schema", kind: "added", impact, revision: { pointer } } as const;
    return diffDocuments(before, head, [found]).changes.map(({ rule }) => rule);
  };
  expect(rules("dependentRequired: { a: [b] }", "major")).toEqual(["redocly-major"]);
  expect(rules("dependentRequired: { a: [b] }", "patch")).toEqual(["other"]);
  expect(rules("maxLength: 3", "major")).toEqual(["response-constraint-tightened"]);
});

const parts = `
paths:
  /a: { get: { operationId: getA, responses: { "200": { description: A, content: { application/json: { schema: { $ref: "#/components/schemas/A" } } } } } } }
  /b: { get: { operationId: getB, x-experimental: true, responses: { "200": { description: B, content: { application/json: { schema: { $ref: "#/components/schemas/B" } } } } } } }
components: { schemas: { A: { type: string }, B: { type: string } } }
`;
