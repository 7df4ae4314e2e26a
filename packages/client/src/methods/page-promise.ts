import type { PagePromise as PagePromiseContract } from "@isc-customizers/types";
import { check } from "../errors/check.ts";
import { BadRequestError, ConfigurationError, PaginationError } from "../errors/errors.ts";
import type { OpenapiResult } from "../openapi/openapi-call.ts";
import { ApiPromise, type SendCall } from "./api-promise.ts";
import { RepeatedPageDetector } from "./repeated-page.ts";

/** The position of a page in its list. */
export interface PageWindow<Item> {
  readonly operationId: string;
  readonly offset: number;
  readonly limit: number;
  readonly maxLimit: number | undefined;
  /** Requests another page. */
  readonly at: (offset: number, limit: number) => Promise<Item[]>;
}

/** A call for a page that has been sent. It can request the pages after it. */
export class PagePromise<Item> extends ApiPromise<Item[]> implements PagePromiseContract<Item> {
  readonly #window: PageWindow<Item>;
  /** A copy of the first page, because the caller may change the array that the call resolves to. */
  #first: readonly Item[] = [];

  constructor(send: SendCall, read: (result: OpenapiResult) => Promise<Item[]>, window: PageWindow<Item>) {
    super(send, async (result) => {
      const items = await read(result);
      this.#first = [...items];
      return items;
    });
    this.#window = window;
  }

  pages({ lookAhead = false }: { readonly lookAhead?: boolean | undefined } = {}): AsyncGenerator<
    Item[],
    void,
    undefined
  > {
    this.#ignoreFailure();
    return this.#pages(lookAhead, Infinity);
  }

  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    this.#ignoreFailure();
    return this.#items();
  }

  async *#items(): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.#pages(false, Infinity)) yield* page;
  }

  async all({ max = Infinity }: { readonly max?: number | undefined } = {}): Promise<Item[]> {
    this.#ignoreFailure();
    check(max >= 0 && (max === Infinity || Number.isInteger(max)), "max", "a whole number from 0", max);
    this.control.max = Math.max(max, 1);
    const items: Item[] = [];
    for await (const page of this.#pages(false, max)) for (const item of page) items.push(item);
    return items.slice(0, max);
  }

  /** Prevents an unhandled rejection: nobody waits for the first page before the list is read, or if `max` is invalid. */
  #ignoreFailure(): void {
    this.withResponse().catch(() => {});
  }

  /** Yields pages until they have `max` items in all. The last page may exceed `max`. */
  async *#pages(lookAhead: boolean, max: number): AsyncGenerator<Item[], void, undefined> {
    const { operationId, offset: start, limit, maxLimit = Infinity } = this.#window;
    if (!(limit >= 1 && limit <= maxLimit))
      throw new ConfigurationError(
        `${operationId}: to page through a list, \`limit\` must be between 1 and ${maxLimit}; got ${limit}.`,
      );
    await this.withResponse();
    let page = [...this.#first];
    const repeated = new RepeatedPageDetector();
    // A page that is not full may not be the last: a server may send smaller pages than `limit` asks for.
    for (let offset = start + page.length; page.length > 0; offset += page.length) {
      if (repeated.isRepeated(page.at(-1)))
        throw new PaginationError(
          `${operationId}: the server returned the same page twice (before offset ${offset}); it seems to ignore \`offset\`.`,
        );
      const left = max - (offset - start);
      const next = left > 0 && lookAhead ? this.#pageAt(offset, left, page.at(-1)) : undefined;
      // The caller may stop before it reads this page.
      next?.catch(() => {});
      yield page;
      if (left <= 0) return;
      page = await (next ?? this.#pageAt(offset, left, page.at(-1)));
    }
  }

  /** Requests the page at an offset. Returns an empty page after the last item, also if the server answers 400 there. */
  async #pageAt(offset: number, left: number, lastItem: Item | undefined): Promise<Item[]> {
    const { at, limit } = this.#window;
    try {
      return await at(offset, Math.min(limit, left));
    } catch (error) {
      if (!(error instanceof BadRequestError)) throw error;
      // At least one list of the API answers 400 when `offset` is the number of records. It is the end if the item before it is still the last.
      const [item] = await at(offset - 1, 1).catch(() => []);
      if (item === undefined || JSON.stringify(item) !== JSON.stringify(lastItem)) throw error;
      return [];
    }
  }
}
