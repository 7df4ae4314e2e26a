import type { Pagination } from "./model.ts";

/** What a caller gets of a paginated operation, in words. */
export function pagingOf({ offset, limit }: Pagination): string {
  return (
    `Awaited, it is the one page that \`${offset}\` and \`${limit}\` ask for; iterated, every item from \`${offset}\` on, ` +
    `in pages of \`${limit}\`.`
  );
}
