import { type AddressInfo, createServer } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { IscError } from "../src/index.ts";
import { fillPath } from "../src/path-parameters.ts";
import { queryString } from "../src/query-string.ts";
import { SlidingWindow } from "../src/rate-limiter.ts";
import { redactor } from "../src/redact.ts";
import { retryAfter } from "../src/retry-after.ts";
import { RetryBudget } from "../src/retry-budget.ts";
import { backoff, mayRetry } from "../src/retry-policy.ts";
import { freshness } from "../src/token-freshness.ts";
import { isZipStart } from "../src/upload.ts";
import { manualClock } from "./clock.ts";
import { clientOf, startServer } from "./server.ts";

describe("policies", () => {
  test("a backoff is from half its ceiling to all of it, and its ceiling grows to eight seconds", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (retry, random) => {
        const ceiling = Math.min(8000, 500 * 2 ** retry);
        expect(backoff(retry, random)).toBeGreaterThanOrEqual(ceiling / 2);
        expect(backoff(retry, random)).toBeLessThanOrEqual(ceiling);
      }),
    );
  });

  test("what may be retried without being idempotent may be retried with it", () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
        fc.boolean(),
        (status, unsent) => {
          if (mayRetry({ status, unsent }, false)) expect(mayRetry({ status, unsent }, true)).toBe(true);
          // Nothing that the server may have done is repeated.
          if (!unsent && status !== 429) expect(mayRetry({ status, unsent }, false)).toBe(false);
        },
      ),
    );
  });

  test("a token only ever ages", () => {
    const order = ["fresh", "aging", "old"];
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e7), fc.nat(2e7), fc.nat(2e7), (issued, life, a, b) => {
        const at = (time: number) =>
          order.indexOf(freshness({ issued, expires: issued + life }, issued + time));
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
        expect(at(life)).toBe(2);
      }),
    );
  });

  test("a Retry-After in seconds is that many, and one as a date does not depend on the local clock", () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
        (seconds, now) => {
          expect(retryAfter(new Headers({ "Retry-After": String(seconds) }))).toBe(seconds * 1000);
          const whole = new Date(Math.floor(now.getTime() / 1000) * 1000);
          const until = new Date(whole.getTime() + seconds * 1000).toUTCString();
          expect(retryAfter(new Headers({ "Retry-After": until, Date: whole.toUTCString() }))).toBe(
            seconds * 1000,
          );
        },
      ),
    );
  });

  test("no text makes a Retry-After that is negative or no number", () => {
    const text = fc.string().map((value) => value.replace(/[^\t\x20-\x7e]/g, ""));
    fc.assert(
      fc.property(text, text, (value, date) => {
        const wait = retryAfter(new Headers({ "Retry-After": value, Date: date }));
        expect(wait === undefined || wait >= 0).toBe(true);
      }),
    );
  });

  test("a budget of retries never gives more than twenty, and a fifth of the successes", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 400 }), (successes) => {
        const budget = new RetryBudget();
        let taken = 0;
        for (const success of successes) {
          if (success) budget.succeed();
          else if (budget.take()) taken++;
        }
        expect(taken).toBeLessThanOrEqual(20 + successes.filter(Boolean).length / 5);
      }),
    );
  });

  test("a secret is cut out of any text, as it is and as a URL has it", () => {
    const secret = fc
      .string({ minLength: 4 })
      .filter((text) => text.isWellFormed() && text.trim() !== "" && !"[redacted]".includes(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        const redact = redactor([value]);
        for (const form of [value, encodeURIComponent(value)]) {
          expect(redact(`${before}${form}${after}`).replaceAll("[redacted]", "")).not.toContain(form);
        }
      }),
    );
  });

  test("a path parameter never leaves its segment", () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        let path: string;
        try {
          path = fillPath("/things/{id}/parts", { id });
        } catch (error) {
          expect(error).toBeInstanceOf(IscError);
          return;
        }
        const url = new URL(`http://localhost${path}`);
        expect(url.pathname.split("/")).toHaveLength(4);
        expect(decodeURIComponent(url.pathname.split("/")[2] ?? "")).toBe(id);
        expect(url.search + url.hash).toBe("");
      }),
    );
  });

  test("a query is read back as it was", () => {
    const text = fc.string().filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(fc.dictionary(text, fc.oneof(text, fc.array(text))), (query) => {
        const read = new URLSearchParams(queryString(query));
        for (const [name, value] of Object.entries(query)) expect(read.getAll(name)).toEqual([value].flat());
      }),
    );
  });

  test("no bytes make the look at a zip fail", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof isZipStart(bytes) === "boolean"));
  });
});

test("the limiter lets no more through in any window than its limit, in the order in which they came", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.nat(3000), { minLength: 1, maxLength: 40 }),
      async (requests, pauses) => {
        const clock = manualClock();
        const limiter = new SlidingWindow(clock, { requests, seconds: 1 });
        const passed: { number: number; at: number }[] = [];
        // In small steps, so that what passes is seen soon after it did.
        const pass = async (milliseconds: number) => {
          for (let left = milliseconds; left > 0; left -= 25) {
            clock.advance(Math.min(left, 25));
            await new Promise(setImmediate);
          }
        };
        for (const [number, pause] of pauses.entries()) {
          await pass(pause);
          void limiter.acquire().then(() => passed.push({ number, at: clock.now() }));
        }
        while (passed.length < pauses.length) await pass(50);
        expect(passed.map(({ number }) => number)).toEqual(pauses.map((_, number) => number));
        for (const { at } of passed) {
          const inWindow = passed.filter((other) => other.at >= at && other.at < at + 1000);
          expect(inWindow.length).toBeLessThanOrEqual(requests);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("a list is what a model of the server says, whatever its pages", async () => {
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

describe("arbitrary bytes as a response", () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  beforeAll(() => void process.on("unhandledRejection", note));
  afterAll(() => void process.off("unhandledRejection", note));

  const operations = ["list", "get", "create", "delete", "upload"] as const;

  test("give data or a typed error, and nothing else", async () => {
    let answer: Uint8Array = new Uint8Array();
    // Below HTTP, so that not even the head of the response is sound.
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = clientOf({ url }, { rateLimit: false, logLevel: "off" });
    const head = fc
      .tuple(
        fc.constantFrom(200, 201, 204, 301, 400, 401, 404, 429, 500, 999),
        fc.constantFrom("application/json", "text/html", "application/json; charset=utf-16", "", "x/y"),
        fc.constantFrom(
          "",
          "Content-Length: 5\r\n",
          "Content-Encoding: gzip\r\n",
          "Transfer-Encoding: chunked\r\n",
        ),
        fc.uint8Array({ maxLength: 200 }),
      )
      .map(([status, type, more, body]) =>
        Buffer.concat([
          Buffer.from(`HTTP/1.1 ${status} X\r\nContent-Type: ${type}\r\n${more}Connection: close\r\n\r\n`),
          body,
        ]),
      );
    const json = fc.json().map((text) => Buffer.from(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${text}`));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 300 }), head, json),
        fc.constantFrom(...operations),
        async (bytes, operation) => {
          answer = bytes;
          const id = "x";
          const call = {
            list: () => client.listConnectorCustomizers().all({ max: 3 }),
            get: () => client.getConnectorCustomizer({ id }),
            create: () => client.createConnectorCustomizer({ body: {} }),
            delete: () => client.deleteConnectorCustomizer({ id }),
            upload: () =>
              client.createConnectorCustomizerVersion({ id, body: new Uint8Array([1]) }, { checkZip: false }),
          }[operation];
          await call().then(
            () => {},
            (error: unknown) => expect(error).toBeInstanceOf(IscError),
          );
        },
      ),
      { numRuns: 1000 },
    );
    await new Promise((resolve) => server.close(resolve));
    expect(unhandled).toEqual([]);
  });
});
