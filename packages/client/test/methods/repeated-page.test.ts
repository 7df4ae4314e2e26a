import { describe, expect, test } from "vitest";
import { RepeatedPageDetector } from "../../src/methods/repeated-page.ts";

describe("a repeated page", () => {
  /** Returns the number of pages after which the detector finds a repeated page, given the last items of the pages. */
  const pagesUntilFound = (lastItems: Iterable<unknown>) => {
    const detector = new RepeatedPageDetector();
    let pages = 0;
    for (const last of lastItems) {
      pages++;
      if (detector.isRepeated(last)) return pages;
    }
    return undefined;
  };
  function* cycling(lead: number, length: number) {
    for (let page = 0; page < 10_000; page++)
      yield { id: page < lead ? `lead ${page}` : (page - lead) % length };
  }

  test.each([
    [0, 1, 2],
    [1, 1, 3],
    [5, 1, 7],
    [0, 2, 4],
    [0, 3, 7],
    [2, 3, 7],
    [100, 7, 135],
    [0, 1000, 2024],
  ])("after %i other pages, in a cycle of %i, is found at page %i", (lead, length, expected) => {
    expect(pagesUntilFound(cycling(lead, length))).toBe(expected);
  });

  test.each([
    [[{ id: 1 }, { id: 1 }], 2],
    [[{ id: 1 }, { id: 2 }, { id: 3 }], undefined],
    [[{ id: 1 }, undefined, { id: 1 }], undefined],
    [[1, 1, 1], undefined],
    [["a", "a"], undefined],
    [[null, null], undefined],
    [[undefined, undefined], undefined],
  ])("among pages that end with %j is found at page %s", (lastItems, expected) => {
    expect(pagesUntilFound(lastItems)).toBe(expected);
  });
});
