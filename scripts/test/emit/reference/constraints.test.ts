import { expect, test } from "vitest";
import { boundsOf } from "../../../src/emit/reference/constraints.ts";
import type { Schema } from "../../../src/model/model.ts";

const document = { openapi: "3.1.0", info: { title: "A", version: "1" } };

test.each<[object, string]>([
  [{ type: "integer", minimum: 0, maximum: 250 }, "0 to 250"],
  [{ type: "integer", minimum: 0 }, "at least 0"],
  [{ type: "number", exclusiveMinimum: 0, maximum: 1 }, "at most 1, above 0"],
  [{ type: "number", minimum: 0, exclusiveMinimum: true }, "above 0"],
  [
    { type: "number", maximum: 9, exclusiveMaximum: true, exclusiveMinimum: false, minimum: 1 },
    "at least 1, below 9",
  ],
  [{ type: "integer", multipleOf: 5 }, "a multiple of 5"],
  [
    { type: "string", minLength: 1, maxLength: 9, pattern: "^a", format: "slug" },
    "1 to 9 characters, what matches `^a`, format `slug`",
  ],
  [{ type: "array", maxItems: 3 }, "at most 3 items"],
  [{ type: "boolean" }, ""],
])("%j accepts: %s", (schema, words) => {
  expect(boundsOf(document, schema as Schema)).toBe(words);
});
