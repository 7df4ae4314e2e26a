import { parseYaml } from "@redocly/openapi-core";
import type { OpenAPI3 } from "../../src/spec/openapi.ts";
import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { diffDocuments } from "../../src/diff/diff-documents.ts";
import { rules } from "../../src/diff/rules/rate.ts";
import { loadSpec, type Spec } from "../../src/spec/load/load-spec.ts";
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
const rows = <Row>(name: string) => parseYaml(readFileSync(new URL(name, import.meta.url), "utf8")) as Row[];
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

test("every rule applies to an edit", () => {
  const tried = new Set(edits.flatMap(({ changes }) => changes.map((change) => change.split(" ")[1])));
  expect(Object.keys(rules).filter((rule) => !tried.has(rule))).toEqual([]);
});

test("docs/severity.md has every rule", async () => {
  const page = await readFile(join(root, "docs/severity.md"), "utf8");
  const { headers, rows } = tableIn(page.replace(/ -+ (?=\|)/g, " --- "));
  expect(headers).toEqual(["rule", "severity", "why"]);
  expect(rows).toEqual(
    Object.entries(rules).map(([rule, { severity, reason }]) => [`\`${rule}\``, severity, reason]),
  );
});

interface SchemaPair {
  readonly name: string;
  readonly version: string;
  readonly side: "request" | "response" | "both";
  readonly from: object;
  readonly to: object;
  readonly changes: readonly string[];
}

/** A document with a schema as a property of what is sent, of what comes back, or of both. */
function schemaDocument({ version, side }: SchemaPair, p: object): OpenAPI3 {
  const text = JSON.stringify(p).replace(/"\$ref":"(?=[A-Z])/g, '"$ref":"#/components/schemas/');
  const schema = { type: "object", properties: { p: JSON.parse(text) as unknown } };
  const content = { "application/json": { schema } };
  const body = side === "response" ? {} : { requestBody: { content } };
  const success = { description: "A", ...(side !== "request" && { content }) };
  const object = (name: string) => ({ type: "object", properties: { [name]: { type: "string" } } });
  return document({
    openapi: version,
    paths: { "/a": { post: { operationId: "postA", ...body, responses: { "200": success } } } },
    components: {
      schemas: { A: object("a"), B: object("b"), E: { type: "string" }, N: { type: ["string", "null"] } },
    },
  });
}

function document(parts: object): OpenAPI3 {
  return { openapi: "3.1.0", info: { title: "T", version: "1" }, ...structuredClone(parts) };
}

test.for(rows<SchemaPair>("schema-pairs.yaml").map((pair) => [pair.name, pair.side, pair] as const))(
  "rates a schema: %s (%s)",
  ([, , pair]) => {
    const { changes } = diffDocuments(schemaDocument(pair, pair.from), schemaDocument(pair, pair.to));
    expect(changes.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(pair.changes);
  },
);

interface DocumentPair {
  readonly name: string;
  readonly from: object;
  readonly to: object;
  readonly changes: readonly string[];
}

test.for(rows<DocumentPair>("document-pairs.yaml").map((pair) => [pair.name, pair] as const))(
  "rates a document: %s",
  ([, { from, to, changes }]) => {
    const diff = diffDocuments(document(from), document(to));
    const found = diff.changes.map(
      ({ severity, rule, operationIds }) => `${severity} ${rule} ${operationIds.join() || "-"}`,
    );
    expect(found).toEqual(changes);
  },
);

test("rates the same document in 3.0 and 3.1 as a patch", () => {
  const pair = { name: "", side: "both", changes: [] } as const;
  const nullable = { type: "string", nullable: true };
  const before = schemaDocument({ ...pair, version: "3.0.3", from: {}, to: {} }, nullable);
  const after = schemaDocument({ ...pair, version: "3.1.0", from: {}, to: {} }, { type: ["string", "null"] });
  expect(diffDocuments(before, after)).toMatchObject({
    severity: "patch",
    changes: [{ rule: "documentation" }],
  });
});
