import fc from "fast-check";
import type { OpenAPI3 } from "../../src/spec/openapi.ts";
import { expect, test } from "vitest";
import { diffDocuments } from "../../src/diff/diff-documents.ts";
import { hostileSpec } from "../system/hostile-spec.ts";

const copy = (spec: object) => JSON.parse(JSON.stringify(spec)) as OpenAPI3;

test("compares any two documents, and finds no difference of a document and itself", () => {
  fc.assert(
    fc.property(hostileSpec, hostileSpec, (one, other) => {
      expect(diffDocuments(copy(one), copy(one)).changes).toEqual([]);
      diffDocuments(copy(one), copy(other));
    }),
    { numRuns: 200 },
  );
});
