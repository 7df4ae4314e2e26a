/**
 * The offset of the page after one that came with `count` items, or `undefined` when that page was the last: the server
 * fills a page unless nothing is left.
 */
export function nextOffset(offset: number, limit: number, count: number): number | undefined {
  return count < limit ? undefined : offset + count;
}
