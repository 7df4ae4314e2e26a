/**
 * Finds out that the pages of a list go round in circles: a server that ignores the offset, keeps it within the list or begins anew
 * would send pages for ever. The last item of each is compared with the one before it and with an earlier one, which is left further
 * behind each time, so that a circle of any length is found, and two items are kept at most (Brent's algorithm,
 * https://doi.org/10.1007/BF01933190). Only objects can be told apart: a list may have the same number or text twice.
 */
export class Circle {
  #previous: string | undefined;
  #earlier: string | undefined;
  #pages = 0;
  #renewedAt = 1;

  /** @returns whether the page that ends with this item closes the circle */
  closesWith(last: unknown): boolean {
    const end = typeof last === "object" && last !== null ? JSON.stringify(last) : undefined;
    const closes = end !== undefined && (end === this.#previous || end === this.#earlier);
    this.#previous = end;
    this.#pages++;
    if (this.#pages === this.#renewedAt) {
      this.#earlier = end;
      this.#renewedAt *= 2;
    }
    return closes;
  }
}
