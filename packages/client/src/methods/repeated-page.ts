/**
 * Finds out that a server returns the same pages again and again, as one does that ignores `offset`. The last item of each page is
 * compared with the one before it and with an earlier one, which is left further behind each time: a cycle of any length is found
 * with two items kept (Brent's algorithm, https://doi.org/10.1007/BF01933190). Only objects are compared, because a list may contain
 * the same number or text twice.
 */
export class RepeatedPageDetector {
  #previous: string | undefined;
  #earlier: string | undefined;
  #pages = 0;
  #renewedAt = 1;

  /** @param last the last item of the next page */
  isRepeated(last: unknown): boolean {
    const end = typeof last === "object" && last !== null ? JSON.stringify(last) : undefined;
    const isRepeated = end !== undefined && (end === this.#previous || end === this.#earlier);
    this.#previous = end;
    this.#pages++;
    if (this.#pages === this.#renewedAt) {
      this.#earlier = end;
      this.#renewedAt *= 2;
    }
    return isRepeated;
  }
}
