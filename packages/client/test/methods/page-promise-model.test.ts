import fc from "fast-check";
import { expect, test } from "vitest";
import { clientOf, startServer } from "../support/server.ts";

test("a list has the items of the server, whatever its pages, limit, offset and max", async () => {
  const items = Array.from({ length: 40 }, (_, number) => ({ id: `${number}` }));
  let total = 0;
  let most = 0;
  await using server = await startServer((request, response) => {
    const query = new URL(request.url ?? "", "http://localhost").searchParams;
    const offset = Number(query.get("offset") ?? 0);
    const limit = Math.min(Number(query.get("limit") ?? 250), most);
    response.end(JSON.stringify(items.slice(0, total).slice(offset, offset + limit)));
  });
  const client = clientOf(server, { rateLimit: false });
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        total: fc.nat(40),
        most: fc.integer({ min: 1, max: 12 }),
        limit: fc.integer({ min: 1, max: 20 }),
        offset: fc.nat(45),
        max: fc.option(fc.nat(45), { nil: undefined }),
        lookAhead: fc.boolean(),
      }),
      async (given) => {
        ({ total, most } = given);
        const { limit, offset, max, lookAhead } = given;
        const expected = items.slice(0, total).slice(offset);
        expect(await client.listConnectorCustomizers({ limit, offset }).all({ max })).toEqual(
          expected.slice(0, max),
        );
        const pages: unknown[] = [];
        for await (const page of client.listConnectorCustomizers({ limit, offset }).pages({ lookAhead })) {
          expect(page.length).toBeGreaterThan(0);
          pages.push(...page);
        }
        expect(pages).toEqual(expected);
      },
    ),
    { numRuns: 150 },
  );
});
