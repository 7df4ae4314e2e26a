import fc from "fast-check";
import { expect, test } from "vitest";
import { backoff } from "../../src/transport/backoff.ts";

test.each([
  [0, 250, 500],
  [1, 500, 1000],
  [3, 2000, 4000],
  [4, 4000, 8000],
  [50, 4000, 8000],
])("the backoff before retry %i is from %i to %i ms", (retry, least, most) => {
  expect(backoff(retry, 0)).toBe(least);
  expect(backoff(retry, 1)).toBe(most);
  expect(backoff(retry, 0.5)).toBe((least + most) / 2);
});

test("the backoff is from half of its base to all of it, and at most 8 s", () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.double({ min: 0, max: 1, noNaN: true }), (retry, random) => {
      const base = Math.min(8000, 500 * 2 ** retry);
      expect(backoff(retry, random)).toBeGreaterThanOrEqual(base / 2);
      expect(backoff(retry, random)).toBeLessThanOrEqual(base);
      expect(backoff(retry + 1, random)).toBeGreaterThanOrEqual(backoff(retry, random));
    }),
  );
});
