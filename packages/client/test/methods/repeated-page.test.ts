import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PaginationError } from "../../src/index.ts";
import { RepeatedPageDetector } from "../../src/methods/repeated-page.ts";
import { clientOf, startServer } from "../support/server.ts";

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

describe("a list of a server that", () => {
  const items = Array.from({ length: 7 }, (_, number) => ({ id: String(number) }));
  /** Starts a server whose pages are those that `window` returns. */
  const serve = (window: (offset: number, limit: number) => [start: number, end: number]) =>
    startServer((request, response) => {
      const query = new URL(request.url ?? "", "http://localhost").searchParams;
      const [start, end] = window(Number(query.get("offset") ?? 0), Number(query.get("limit") ?? 250));
      response.end(JSON.stringify(items.slice(start, end)));
    });

  test("sends smaller pages is complete", async () => {
    await using server = await serve((offset, limit) => [offset, offset + Math.min(limit, 3)]);
    expect(await clientOf(server).listConnectorCustomizers({ limit: 5 }).all()).toEqual(items);
  });

  test("sends larger pages is complete", async () => {
    await using server = await serve((offset) => [offset, offset + 4]);
    expect(await clientOf(server).listConnectorCustomizers({ limit: 2 }).all()).toEqual(items);
  });

  test.each([
    ["ignores the offset", (_: number, limit: number): [number, number] => [0, limit]],
    [
      "keeps the offset within the list",
      (offset: number, limit: number): [number, number] => [Math.min(offset, 6), Math.min(offset, 6) + limit],
    ],
    [
      "sends the last page again and again",
      (offset: number, limit: number): [number, number] => [Math.min(offset, 7 - limit), 7],
    ],
    [
      "starts again from the first item",
      (offset: number, limit: number): [number, number] => [offset % 6, (offset % 6) + limit],
    ],
  ])("%s fails with a PaginationError", async (_, window) => {
    await using server = await serve(window);
    const list = clientOf(server).listConnectorCustomizers({ limit: 3 });
    await expect(list.all()).rejects.toThrow(PaginationError);
    await expect(list.all()).rejects.toThrow(
      /^listConnectorCustomizers: the server returned the same page twice/,
    );
  });
});
