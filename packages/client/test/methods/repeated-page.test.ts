import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RepeatedPageDetector } from "../../src/methods/repeated-page.ts";

/** Returns the number of the first repeated page of a list whose pages have these last items. */
function firstRepeated(lastItems: Iterable<unknown>): number | undefined {
  const detector = new RepeatedPageDetector();
  let page = 0;
  for (const last of lastItems) {
    page++;
    if (detector.isRepeated(last)) return page;
  }
  return undefined;
}

/** Last items of pages that repeat after a lead. */
function* repeating(lead: number, cycle: number): Generator<unknown> {
  for (let page = 0; page < 10_000; page++)
    yield { id: page < lead ? `lead ${page}` : (page - lead) % cycle };
}

describe("RepeatedPageDetector", () => {
  test.each([
    [0, 1, 2],
    [1, 1, 3],
    [5, 1, 7],
    [0, 2, 4],
    [0, 3, 7],
    [2, 3, 7],
    [100, 7, 135],
    [0, 1000, 2024],
  ])("detects after %i pages a cycle of %i at page %i", (lead, cycle, expected) => {
    expect(firstRepeated(repeating(lead, cycle))).toBe(expected);
  });

  test.each([
    [[{ id: 1 }, { id: 1 }], 2],
    [[{ id: 1 }, { id: 2 }, { id: 3 }], undefined],
    [[{ id: 1 }, undefined, { id: 1 }], undefined],
    [[1, 1, 1], undefined],
    [["a", "a"], undefined],
    [[null, null], undefined],
    [[undefined, undefined], undefined],
  ])("compares only objects: finds in %j the page %s", (lastItems, expected) => {
    expect(firstRepeated(lastItems)).toBe(expected);
  });

  test("detects every cycle within three times its length and its lead", () => {
    fc.assert(
      fc.property(fc.nat(300), fc.integer({ min: 1, max: 300 }), (lead, cycle) => {
        const page = firstRepeated(repeating(lead, cycle)) ?? Infinity;
        expect(page).toBeGreaterThan(cycle);
        expect(page).toBeLessThanOrEqual(3 * (lead + cycle) + 1);
      }),
    );
  });

  test("reports no page of a list whose items differ", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { maxLength: 200 }), (ids) => {
        expect(firstRepeated(ids.map((id) => ({ id })))).toBeUndefined();
      }),
    );
  });
});
