/**
 * Detects that a server returns the same pages again and again, for example because it ignores `offset`. It compares the last item of
 * each page with those of the page before and of an earlier page. The earlier page is replaced after 1, 2, 4, 8 and more pages, so that a
 * cycle of any length is found with two items in memory (Brent's algorithm, https://doi.org/10.1007/BF01933190). It compares only objects,
 * because a list may contain the same number or text twice.
 */
export class RepeatedPageDetector {
  #previous: string | undefined;
  #earlier: string | undefined;
  #pages = 0;
  #replaceAt = 1;

  /** @param last the last item of the next page */
  isRepeated(last: unknown): boolean {
    const end = typeof last === "object" && last !== null ? JSON.stringify(last) : undefined;
    const isRepeated = end !== undefined && (end === this.#previous || end === this.#earlier);
    this.#previous = end;
    this.#pages++;
    if (this.#pages === this.#replaceAt) {
      this.#earlier = end;
      this.#replaceAt *= 2;
    }
    return isRepeated;
  }
}
