import fc from "fast-check";
import type { OpenAPI3 } from "../../src/spec/openapi.ts";
import { expect, test } from "vitest";
import { diffDocuments } from "../../src/diff/diff-documents.ts";
import { hostileSpec } from "../system/hostile-spec.ts";

// Not through JSON: `JSON.parse` can confuse two escaped keys (https://github.com/nodejs/node/issues/63785).
const copy = (spec: object) => structuredClone(spec) as OpenAPI3;

test("compares any two documents, and finds no difference of a document and itself", () => {
  fc.assert(
    fc.property(hostileSpec, hostileSpec, (one, other) => {
      expect(diffDocuments(copy(one), copy(one)).changes).toEqual([]);
      diffDocuments(copy(one), copy(other));
    }),
    { numRuns: 200 },
  );
});
