import type { Pagination } from "../../model/model.ts";

/** Describes the result of a paginated operation. */
export function pagingOf({ offset, limit }: Pagination): string {
  return (
    `Awaited, the result is the page that \`${offset}\` and \`${limit}\` select. Iterated, it is every item from ` +
    `\`${offset}\` on, in pages of \`${limit}\`.`
  );
}
