import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test, vi } from "vitest";
import {
  BadRequestError,
  ConfigurationError,
  createClient,
  type PagePromise,
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
    /** Returns the queries of the requests since the tenant was started. */
    queries: () => mock.requests.slice(start).map(({ query }) => query),
    [Symbol.asyncDispose]: () => mock.close(),
  };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("a list", () => {
  test("that is awaited is one page", async () => {
    await using tenant = await tenantOf(7);
    const page = await tenant.client.listConnectorCustomizers({ limit: 3, offset: 2 });
    expect(page.map(({ id }) => id)).toEqual(tenant.everyId.slice(2, 5));
    expect(tenant.queries()).toEqual([{ limit: "3", offset: "2" }]);
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
  ])(
    "that is iterated has every item once, in order (%i items, limit %i, offset %i)",
    async (total, limit, offset) => {
      await using tenant = await tenantOf(total);
      const expected = tenant.everyId.slice(offset);
      const items = await collect(tenant.client.listConnectorCustomizers({ limit, offset }));
      expect(items.map(({ id }) => id)).toEqual(expected);
      // The last page is empty: a page that is not full may not be the last.
      expect(tenant.queries()).toHaveLength(Math.ceil(expected.length / limit) + 1);
    },
  );

  test("that is iterated by page has full pages and no empty one", async () => {
    await using tenant = await tenantOf(6);
    const pages = await collect(tenant.client.listConnectorCustomizers({ limit: 3 }).pages());
    expect(pages.map((page) => page.length)).toEqual([3, 3]);
  });

  test("without a limit is requested without one", async () => {
    await using tenant = await tenantOf(0);
    expect(await collect(tenant.client.listConnectorCustomizers())).toEqual([]);
    expect(tenant.queries()).toEqual([{}]);
  });

  test("whose iteration ends early requests no further page", async () => {
    await using tenant = await tenantOf(7);
    for await (const { id } of tenant.client.listConnectorCustomizers({ limit: 2 })) {
      if (id === tenant.everyId[1]) break;
    }
    expect(tenant.queries()).toHaveLength(1);
  });

  test.each([
    [undefined, 7, 4],
    [0, 0, 1],
    [1, 1, 1],
    [3, 3, 1],
    [4, 4, 2],
    [99, 7, 4],
  ])("all({ max: %s }) returns %i items and requests %i pages", async (max, items, pages) => {
    await using tenant = await tenantOf(7);
    const all = await tenant.client.listConnectorCustomizers({ limit: 3 }).all({ max });
    expect(all.map(({ id }) => id)).toEqual(tenant.everyId.slice(0, items));
    expect(tenant.queries()).toHaveLength(pages);
  });

  test.each([-1, 1.5, Number.NaN])("all({ max: %s }) rejects", async (max) => {
    await using tenant = await tenantOf(1);
    await expect(tenant.client.listConnectorCustomizers().all({ max })).rejects.toThrow(ConfigurationError);
  });

  test.each([
    [2, 5, ["2"]],
    [7, 3, ["3", "3", "1"]],
  ])("all({ max: %i }) with pages of %i requests no more items than it needs", async (max, limit, limits) => {
    await using tenant = await tenantOf(9);
    await tenant.client.listConnectorCustomizers({ limit }).all({ max });
    expect(tenant.queries().map((query) => query["limit"])).toEqual(limits);
  });

  test("all({ max }) of a call that has been awaited returns at most `max` items", async () => {
    await using tenant = await tenantOf(5);
    const call = tenant.client.listConnectorCustomizers({ limit: 4 });
    await call;
    expect(await call.all({ max: 2 })).toHaveLength(2);
  });

  test("that has been awaited does not request its first page again when it is iterated", async () => {
    await using tenant = await tenantOf(3);
    const call = tenant.client.listConnectorCustomizers({ limit: 2 });
    await call;
    expect(await collect(call)).toHaveLength(3);
    expect(tenant.queries().map(({ offset }) => offset)).toEqual([undefined, "2", "3"]);
  });

  test("is complete although the caller changes its pages", async () => {
    await using tenant = await tenantOf(7);
    const call = tenant.client.listConnectorCustomizers({ limit: 3 });
    (await call).pop();
    const ids: string[] = [];
    for await (const page of call.pages()) while (page.length > 0) ids.push(page.shift()?.id ?? "");
    expect(ids).toEqual(tenant.everyId);
    expect(await call.all()).toHaveLength(7);
  });

  test("has the arguments of the time of the call", async () => {
    await using tenant = await tenantOf(7);
    const parameters = { limit: 4 };
    const call = tenant.client.listConnectorCustomizers(parameters);
    parameters.limit = 2;
    expect(await call.all()).toHaveLength(7);
    expect(tenant.queries().map(({ limit }) => limit)).toEqual(["4", "4", "4"]);
  });

  test("can be iterated several times at once", async () => {
    await using tenant = await tenantOf(7);
    const call = tenant.client.listConnectorCustomizers({ limit: 3 });
    const lists = await Promise.all([collect(call), collect(call), call.all()]);
    for (const list of lists) expect(list.map(({ id }) => id)).toEqual(tenant.everyId);
  });

  test.each([0, 251, -1, Number.NaN])("with the limit %s can be awaited, but not iterated", async (limit) => {
    await using server = await startServer((_, response) => response.end("[]"));
    const call = clientOf(server).listConnectorCustomizers({ limit });
    await expect(call.all()).rejects.toThrow(/`limit` must be between 1 and 250/);
    expect(await call).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  test("can have 200,000 items on a page", async () => {
    const page = JSON.stringify(Array.from({ length: 200_000 }, (_, n) => ({ id: `${n}` })));
    await using server = await startServer((request, response) =>
      response.end(request.url?.includes("offset") ? "[]" : page),
    );
    expect(await clientOf(server).listConnectorCustomizers().all()).toHaveLength(200_000);
  });

  test("whose second page fails throws, and is not a short list", async () => {
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
])(
  "the error of the first page is thrown when %s is read, and is not an unhandled rejection before",
  async (_, iterate) => {
    await using server = await startServer((_, response) => response.writeHead(400).end("{}"));
    const unhandled = vi.fn<() => void>();
    process.on("unhandledRejection", unhandled);
    const failed = Promise.withResolvers<void>();
    const logger = { ...console, info: () => failed.resolve() };
    const items = iterate(clientOf(server, { logger, logLevel: "info" }).listConnectorCustomizers());
    await failed.promise;
    await new Promise(setImmediate);
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    await expect(items.next()).rejects.toThrow(BadRequestError);
  },
);

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

  test("ends the list if the item before the offset is still the last one", async () => {
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

  test("throws if the items have changed meanwhile", async () => {
    let requests = 0;
    await using server = await serve((offset) => ({ id: offset, change: ++requests }));
    await expect(clientOf(server).listConnectorCustomizers({ limit: 2 }).all()).rejects.toThrow(
      BadRequestError,
    );
  });

  test("throws if it is the first page", async () => {
    await using server = await serve((offset) => ({ id: offset }));
    await expect(clientOf(server).listConnectorCustomizers({ offset: 2 }).all()).rejects.toThrow(
      BadRequestError,
    );
    expect(server.requests).toHaveLength(1);
  });
});

describe("with `lookAhead`", () => {
  test("the next page is requested while a page is in use", async () => {
    await using tenant = await tenantOf(5);
    const pages = tenant.client.listConnectorCustomizers({ limit: 2 }).pages({ lookAhead: true });
    expect((await pages.next()).value).toHaveLength(2);
    await vi.waitUntil(() => tenant.queries().length === 2, { timeout: 60_000 });
    const sizes: number[] = [];
    for await (const page of pages) sizes.push(page.length);
    expect(sizes).toEqual([2, 1]);
  });

  test("an error of a page that the caller does not read is ignored", async () => {
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
