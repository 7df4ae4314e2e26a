import fc from "fast-check";
import { parseYaml } from "@redocly/openapi-core";
import { readdirSync, readFileSync } from "node:fs";
import type { OpenAPI3 } from "../../src/spec/openapi.ts";
import { expect, test } from "vitest";
import { diffDocuments } from "../../src/diff/diff-documents.ts";
import { equalSpecs, randomEdits } from "../support/random-spec.ts";
import { TypeOracle } from "../support/type-oracle.ts";

interface Edit {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const folder = new URL("../diff/", import.meta.url);
const text = readFileSync(new URL("base.yaml", folder), "utf8");
const edits = readdirSync(new URL("edits/", folder)).flatMap(
  (name) => parseYaml(readFileSync(new URL(`edits/${name}`, folder), "utf8")) as Edit[],
);
const oracle = new TypeOracle();

test.for(edits.map((edit) => [edit.name, edit] as const))(
  "rates an edit that breaks code as major: %s",
  ([, { from, to }]) => {
    const parse = (yaml: string) => parseYaml(yaml) as OpenAPI3;
    const { severity, changes } = diffDocuments(parse(text), parse(text.replace(from, to)));
    const errors = oracle.breaks(parse(text), parse(text.replace(from, to)));
    // The vendor's rules call a new value non-breaking: docs/severity.md says so.
    if (changes.some(({ rule }) => rule === "response-enum-value-added")) return;
    if (severity !== "major") expect(errors).toEqual([]);
  },
);

test("rates no random edit below the verdict of the compiler", () => {
  let broken = 0;
  fc.assert(
    fc.property(randomEdits, ([base, head]) => {
      const { severity, changes } = diffDocuments(structuredClone(base), structuredClone(head));
      if (changes.some(({ rule }) => rule === "response-enum-value-added")) return;
      const errors = oracle.breaks(base, head);
      if (errors.length > 0) broken++;
      if (severity !== "major") expect(errors).toEqual([]);
    }),
    { numRuns: 200 },
  );
  // The oracle does find breaks.
  expect(broken).toBeGreaterThan(20);
}, 120_000);

test("rates no equivalent spelling of a random spec above patch", () => {
  fc.assert(
    fc.property(equalSpecs, ([base, head]) => {
      const { changes } = diffDocuments(structuredClone(base), structuredClone(head));
      expect(changes.filter(({ severity }) => severity !== "patch")).toEqual([]);
    }),
    { numRuns: 1000 },
  );
}, 60_000);
