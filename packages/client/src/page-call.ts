import type { PagePromise } from "@isc-customizers/types";
import { Call } from "./call.ts";
import { ConfigurationError } from "./errors.ts";
import { nextOffset } from "./pagination.ts";

/** The window of a list that a page shows. */
export interface PageWindow {
  readonly offset: number;
  readonly limit: number;
}

/** A call for a page, from which the pages after it can be reached. */
export class PageCall<Item> extends Call<Item[]> implements PagePromise<Item> {
  readonly #window: PageWindow;
  readonly #at: (offset: number) => PromiseLike<Item[]>;

  /** @param at the call for the page of the same size at another offset */
  constructor(
    send: () => Promise<Response>,
    read: (response: Response) => Promise<Item[]>,
    window: PageWindow,
    at: (offset: number) => PromiseLike<Item[]>,
  ) {
    super(send, read);
    this.#window = window;
    this.#at = at;
  }

  async *pages(): AsyncGenerator<Item[], void, undefined> {
    const { limit } = this.#window;
    let offset: number | undefined = this.#window.offset;
    let page: Item[] = await this;
    while (page.length > 0) {
      yield page;
      offset = nextOffset(offset, limit, page.length);
      if (offset === undefined) return;
      page = await this.#at(offset);
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
    for await (const page of this.pages()) {
      items.push(...page.slice(0, max - items.length));
      if (items.length === max) break;
    }
    return items;
  }
}
