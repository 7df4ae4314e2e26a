import type { PagePromise } from "@isc-customizers/types";
import { Call, type Perform } from "./api-promise.ts";
import { ConfigurationError, PaginationError } from "../errors/errors.ts";
import { Circle } from "./repeated-page.ts";
import type { Exchange } from "../transport/transport.ts";

/** The place of a page in its list. */
export interface PageWindow<Item> {
  /** The name of the operation. */
  readonly operationId: string;
  readonly offset: number;
  readonly limit: number;
  readonly maxLimit: number | undefined;
  /** The call for the page of the same size at another offset. */
  readonly at: (offset: number) => PromiseLike<Item[]>;
}

/** A call for a page, from which the pages after it can be reached. */
export class PageCall<Item> extends Call<Item[]> implements PagePromise<Item> {
  readonly #window: PageWindow<Item>;
  #first: Promise<Item[]> | undefined;

  constructor(perform: Perform, read: (exchange: Exchange) => Promise<Item[]>, window: PageWindow<Item>) {
    super(perform, read);
    this.#window = window;
  }

  /** Keeps the page as it came: the caller may change the array that it is given. */
  override withResponse(): Promise<{ data: Item[]; response: Response }> {
    const outcome = super.withResponse();
    if (this.#first === undefined) {
      this.#first = outcome.then(({ data }) => [...data]);
      this.#first.catch(() => {});
    }
    return outcome;
  }

  async *pages({ lookAhead = false }: { readonly lookAhead?: boolean | undefined } = {}): AsyncGenerator<
    Item[],
    void,
    undefined
  > {
    const { operationId, offset: start, limit, maxLimit = Infinity, at } = this.#window;
    if (!(limit >= 1 && limit <= maxLimit)) {
      throw new ConfigurationError(
        `To go through a list, its page size must be from 1 to ${maxLimit}; it is ${limit}.`,
      );
    }
    await this.withResponse();
    let page = [...((await this.#first) ?? [])];
    const circle = new Circle();
    // A page that is not full need not be the last: a server may give smaller ones than it is asked for.
    for (let offset = start + page.length; page.length > 0; offset += page.length) {
      if (circle.closesWith(page.at(-1))) {
        throw new PaginationError(
          `${operationId}: the page before ${offset} ends like an earlier one: the server goes round in circles.`,
        );
      }
      const fetched = lookAhead ? Promise.resolve(at(offset)) : undefined;
      // It may never be asked for.
      fetched?.catch(() => {});
      yield page;
      page = await (fetched ?? at(offset));
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page;
  }

  async all({ max = Infinity }: { readonly max?: number | undefined } = {}): Promise<Item[]> {
    if (!(max >= 0) || (max !== Infinity && !Number.isInteger(max))) {
      throw new ConfigurationError(`\`max\` must be a whole number from 0; it is ${max}.`);
    }
    const items: Item[] = [];
    if (max === 0) return items;
    for await (const item of this) {
      items.push(item);
      if (items.length === max) break;
    }
    return items;
  }
}
