import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test, vi } from "vitest";
import {
  BadRequestError,
  ConfigurationError,
  createClient,
  type PagePromise,
  PaginationError,
  ServerError,
} from "../../src/index.ts";
import { clientOf, startServer } from "../support/server.ts";

async function tenantOf(customizers: number) {
  const mock = await startMockTenant({ seed: customizers });
  const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
  const everyId = (await client.listConnectorCustomizers()).map(({ id }) => id);
  const start = mock.requests.length;
  return {
    client,
    everyId,
    /** The windows that were asked for since. */
    windows: () => mock.requests.slice(start).map(({ query }) => query),
    [Symbol.asyncDispose]: () => mock.close(),
  };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("a list", () => {
  test("awaited is the one page that was asked for", async () => {
    await using tenant = await tenantOf(7);
    const page = await tenant.client.listConnectorCustomizers({ limit: 3, offset: 2 });
    expect(page.map(({ id }) => id)).toEqual(tenant.everyId.slice(2, 5));
    expect(tenant.windows()).toEqual([{ limit: "3", offset: "2" }]);
  });

  test.each([
    [7, 1, 0],
    [7, 2, 0],
    [7, 3, 1],
    [7, 7, 0],
    [7, 50, 0],
    [6, 3, 0],
    [6, 3, 6],
    [6, 3, 99],
    [0, 3, 0],
  ])("iterated is every item once, in order: %i items, %i a page, from %i", async (total, limit, offset) => {
    await using tenant = await tenantOf(total);
    const expected = tenant.everyId.slice(offset);
    const items = await collect(tenant.client.listConnectorCustomizers({ limit, offset }));
    expect(items.map(({ id }) => id)).toEqual(expected);
    // The last page is empty: one that is not full may be all that the server gives at a time.
    expect(tenant.windows()).toHaveLength(Math.ceil(expected.length / limit) + 1);
  });

  test("by pages has their size, and no empty one", async () => {
    await using tenant = await tenantOf(6);
    const pages = await collect(tenant.client.listConnectorCustomizers({ limit: 3 }).pages());
    expect(pages.map((page) => page.length)).toEqual([3, 3]);
  });

  test("without a limit takes the server's pages of 250", async () => {
    await using tenant = await tenantOf(0);
    expect(await collect(tenant.client.listConnectorCustomizers())).toEqual([]);
    expect(tenant.windows()).toEqual([{}]);
  });

  test("left early asks for no further page", async () => {
    await using tenant = await tenantOf(7);
    for await (const { id } of tenant.client.listConnectorCustomizers({ limit: 2 })) {
      if (id === tenant.everyId[1]) break;
    }
    expect(tenant.windows()).toHaveLength(1);
  });

  test.each([
    [undefined, 7, 4],
    [0, 0, 1],
    [1, 1, 1],
    [3, 3, 1],
    [4, 4, 2],
    [99, 7, 4],
  ])("all({ max: %s }) is %i items in %i pages", async (max, items, pages) => {
    await using tenant = await tenantOf(7);
    const all = await tenant.client.listConnectorCustomizers({ limit: 3 }).all({ max });
    expect(all.map(({ id }) => id)).toEqual(tenant.everyId.slice(0, items));
    expect(tenant.windows()).toHaveLength(pages);
  });

  test.each([-1, 1.5, Number.NaN])("all({ max: %s }) is refused", async (max) => {
    await using tenant = await tenantOf(1);
    await expect(tenant.client.listConnectorCustomizers().all({ max })).rejects.toThrow(ConfigurationError);
  });

  test.each([
    [2, 5, ["2"]],
    [7, 3, ["3", "3", "1"]],
  ])("all({ max: %i }) with pages of %i asks for no more than it needs", async (max, limit, limits) => {
    await using tenant = await tenantOf(9);
    await tenant.client.listConnectorCustomizers({ limit }).all({ max });
    expect(tenant.windows().map((query) => query["limit"])).toEqual(limits);
  });

  test("all({ max }) of a call that was made earlier gives no more than max", async () => {
    await using tenant = await tenantOf(5);
    const call = tenant.client.listConnectorCustomizers({ limit: 4 });
    await call;
    expect(await call.all({ max: 2 })).toHaveLength(2);
  });

  test("that was awaited is not fetched again to be iterated", async () => {
    await using tenant = await tenantOf(3);
    const call = tenant.client.listConnectorCustomizers({ limit: 2 });
    await call;
    expect(await collect(call)).toHaveLength(3);
    expect(tenant.windows().map(({ offset }) => offset)).toEqual([undefined, "2", "3"]);
  });

  test("is whole, whatever is done to the pages that were given out", async () => {
    await using tenant = await tenantOf(7);
    const call = tenant.client.listConnectorCustomizers({ limit: 3 });
    (await call).pop();
    const ids: string[] = [];
    for await (const page of call.pages()) while (page.length > 0) ids.push(page.shift()?.id ?? "");
    expect(ids).toEqual(tenant.everyId);
    expect(await call.all()).toHaveLength(7);
  });

  test("is that of the arguments as they were", async () => {
    await using tenant = await tenantOf(7);
    const parameters = { limit: 4 };
    const call = tenant.client.listConnectorCustomizers(parameters);
    parameters.limit = 2;
    expect(await call.all()).toHaveLength(7);
    expect(tenant.windows().map(({ limit }) => limit)).toEqual(["4", "4", "4"]);
  });

  test("can be gone through by several at once", async () => {
    await using tenant = await tenantOf(7);
    const call = tenant.client.listConnectorCustomizers({ limit: 3 });
    const lists = await Promise.all([collect(call), collect(call), call.all()]);
    for (const list of lists) expect(list.map(({ id }) => id)).toEqual(tenant.everyId);
  });

  test.each([0, 251, -1, Number.NaN])(
    "is not gone through in pages of %s, but that page can be asked for",
    async (limit) => {
      await using server = await startServer((_, response) => response.end("[]"));
      const call = clientOf(server).listConnectorCustomizers({ limit });
      await expect(call.all()).rejects.toThrow(/`limit` must be between 1 and 250/);
      expect(await call).toEqual([]);
      expect(server.requests).toHaveLength(1);
    },
  );

  test("of a great many items on a page fits", async () => {
    const page = JSON.stringify(Array.from({ length: 200_000 }, (_, n) => ({ id: `${n}` })));
    await using server = await startServer((request, response) =>
      response.end(request.url?.includes("offset") ? "[]" : page),
    );
    expect(await clientOf(server).listConnectorCustomizers().all()).toHaveLength(200_000);
  });

  test("that fails in mid-stream throws: it is never a short list", async () => {
    await using server = await startServer((request, response) => {
      if (request.url?.includes("offset=2")) response.writeHead(500).end("{}");
      else response.end('[{"id":"a"},{"id":"b"}]');
    });
    const seen: string[] = [];
    const iterate = async () => {
      for await (const { id } of clientOf(server).listConnectorCustomizers({ limit: 2 })) seen.push(id);
    };
    await expect(iterate()).rejects.toThrow(ServerError);
    expect(seen).toEqual(["a", "b"]);
  });
});

test.each([
  ["pages()", (list: PagePromise<unknown>) => list.pages()],
  ["its iterator", (list: PagePromise<unknown>) => list[Symbol.asyncIterator]()],
])("a first page that fails before %s is read is thrown when it is read", async (_, iterate) => {
  await using server = await startServer((request, response) => response.writeHead(400).end("{}"));
  const unhandled = vi.fn<() => void>();
  process.once("unhandledRejection", unhandled);
  const list = clientOf(server).listConnectorCustomizers();
  const items = iterate(list);
  await vi.waitUntil(() => server.requests.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await expect(items.next()).rejects.toThrow(BadRequestError);
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

describe("a server that does not keep to what it is asked for", () => {
  const items = Array.from({ length: 7 }, (_, number) => ({ id: String(number) }));
  /** Gives the page that `window` makes of what was asked for. */
  const serve = (window: (offset: number, limit: number) => [start: number, end: number]) =>
    startServer((request, response) => {
      const query = new URL(request.url ?? "", "http://localhost").searchParams;
      const [start, end] = window(Number(query.get("offset") ?? 0), Number(query.get("limit") ?? 250));
      response.end(JSON.stringify(items.slice(start, end)));
    });

  test("and gives smaller pages: the list is whole", async () => {
    await using server = await serve((offset, limit) => [offset, offset + Math.min(limit, 3)]);
    expect(await clientOf(server).listConnectorCustomizers({ limit: 5 }).all()).toEqual(items);
  });

  test("and gives larger pages: the list is whole", async () => {
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
      "gives the last page for ever",
      (offset: number, limit: number): [number, number] => [Math.min(offset, 7 - limit), 7],
    ],
    ["begins anew", (offset: number, limit: number): [number, number] => [offset % 6, (offset % 6) + limit]],
  ])("and %s: an error, and no endless list", async (_, window) => {
    await using server = await serve(window);
    const list = clientOf(server).listConnectorCustomizers({ limit: 3 });
    await expect(list.all()).rejects.toThrow(PaginationError);
    await expect(list.all()).rejects.toThrow(
      /^listConnectorCustomizers: the server returned the same page twice/,
    );
  });
});

describe("a server that answers 400 after the last item", () => {
  /** A list of two items that answers 400 where `offset` is the number of items. */
  const serve = (itemAt: (offset: number) => object) =>
    startServer((request, response) => {
      const query = new URL(request.url ?? "", "http://localhost").searchParams;
      const offset = Number(query.get("offset") ?? 0);
      if (offset >= 2)
        return void response.writeHead(400).end('{"messages":[{"text":"Specified offset is invalid."}]}');
      const page = [0, 1].slice(offset, offset + Number(query.get("limit"))).map(itemAt);
      response.end(JSON.stringify(page));
    });

  test("ends the list where the record before is still the last one", async () => {
    await using server = await serve((offset) => ({ id: offset }));
    expect(await clientOf(server).listConnectorCustomizers({ limit: 2 }).all()).toEqual([
      { id: 0 },
      { id: 1 },
    ]);
    expect(server.requests.map(({ url }) => url.split("?")[1])).toEqual([
      "limit=2",
      "limit=2&offset=2",
      "limit=1&offset=1",
    ]);
  });

  test("throws where the records have changed meanwhile", async () => {
    let requests = 0;
    await using server = await serve((offset) => ({ id: offset, change: ++requests }));
    await expect(clientOf(server).listConnectorCustomizers({ limit: 2 }).all()).rejects.toThrow(
      BadRequestError,
    );
  });

  test("throws a 400 to the first page", async () => {
    await using server = await serve((offset) => ({ id: offset }));
    await expect(clientOf(server).listConnectorCustomizers({ offset: 2 }).all()).rejects.toThrow(
      BadRequestError,
    );
    expect(server.requests).toHaveLength(1);
  });
});

describe("with a look-ahead", () => {
  test("the next page is asked for while one is in use", async () => {
    await using tenant = await tenantOf(5);
    const pages = tenant.client.listConnectorCustomizers({ limit: 2 }).pages({ lookAhead: true });
    expect((await pages.next()).value).toHaveLength(2);
    await vi.waitUntil(() => tenant.windows().length === 2, { timeout: 60_000 });
    const sizes: number[] = [];
    for await (const page of pages) sizes.push(page.length);
    expect(sizes).toEqual([2, 1]);
  });

  test("a failure of a page that nobody came to is nobody's", async () => {
    await using server = await startServer((request, response) => {
      if (request.url?.includes("offset")) response.writeHead(500).end("{}");
      else response.end('[{"id":"a"}]');
    });
    for await (const page of clientOf(server)
      .listConnectorCustomizers({ limit: 1 })
      .pages({ lookAhead: true })) {
      expect(page).toHaveLength(1);
      await vi.waitUntil(() => server.requests.length === 2, { timeout: 60_000 });
      break;
    }
  });
});
