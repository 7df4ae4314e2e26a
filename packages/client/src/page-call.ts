import type { PagePromise } from "@isc-customizers/types";
import { Call } from "./call.ts";
import { ConfigurationError } from "./errors.ts";
import { nextOffset } from "./pagination.ts";
import type { Exchange } from "./transport.ts";

/** The place of a page in its list. */
export interface PageWindow<Item> {
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

  constructor(
    send: () => Promise<Exchange>,
    read: (exchange: Exchange) => Promise<Item[]>,
    window: PageWindow<Item>,
  ) {
    super(send, read);
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

  async *pages(): AsyncGenerator<Item[], void, undefined> {
    const { offset: start, limit, maxLimit = Infinity, at } = this.#window;
    if (!(limit >= 1 && limit <= maxLimit)) {
      // Its pages would not be what the end of the list is told by.
      throw new ConfigurationError(
        `To go through a list, its page size must be from 1 to ${maxLimit}; it is ${limit}.`,
      );
    }
    await this.withResponse();
    let page = [...((await this.#first) ?? [])];
    let offset: number | undefined = start;
    while (page.length > 0) {
      offset = nextOffset(offset, limit, page.length);
      yield page;
      if (offset === undefined) return;
      page = await at(offset);
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
