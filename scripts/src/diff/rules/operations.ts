import {
  added,
  changed,
  deprecationOf,
  major,
  minor,
  on,
  patch,
  removed,
  type Rules,
  shown,
  turnedOff,
  turnedOn,
} from "./rule.ts";

const isPaginated = (value: unknown) => value !== undefined;

export const operationRules = {
  "operation-added": minor(
    "The client has a new method. The vendor calls it non-breaking.",
    added("Operation"),
  ),
  "operation-removed": major("The client loses the method: calls do not compile.", removed("Operation")),
  "operation-renamed": major(
    "The method has another name: its `operationId` changed, or another operation took the name. The old name is gone, or calls another operation.",
    changed("Operation", "operationId", ({ before }) => `is the new name of ${shown(before)}`),
  ),
  "operation-moved": major(
    "The method stays, but `raw` and `paths` no longer have the old path.",
    changed(
      "Operation",
      "address",
      ({ before, after }) => `is at ${shown(after)} instead of ${shown(before)}`,
    ),
  ),
  "operation-deprecated": minor(
    "The method still works. Editors strike its calls through.",
    changed("Operation", "deprecated", deprecationOf),
  ),
  "operation-undeprecated": patch(
    "Code need not change.",
    turnedOff("Operation", "deprecated", "is no longer deprecated"),
  ),
  "operation-made-experimental": major(
    "The method loses its promise of stability.",
    turnedOn("Operation", "x-experimental", "is experimental now"),
  ),
  "operation-made-stable": minor(
    "An operation is no longer experimental. This policy applies to it from now on.",
    changed("Operation", "x-experimental", ({ before }) => before === true && "is no longer experimental"),
  ),
  "pagination-added": minor(
    "The method returns a `PagePromise`, which can still be awaited for one page.",
    changed("Operation", "x-pagination", ({ before }) => !isPaginated(before) && "is paginated now"),
  ),
  "pagination-removed": major(
    "The method returns an `ApiPromise` instead of a `PagePromise`: iterating it does not compile.",
    changed("Operation", "x-pagination", ({ after }) => !isPaginated(after) && "is no longer paginated"),
  ),
  "pagination-changed": minor(
    "The operation is paginated by other parameters. Its types stay.",
    on("Operation", ({ property, before, after }) => {
      return (
        property === "x-pagination" && isPaginated(before) && isPaginated(after) && "is paginated differently"
      );
    }),
  ),
} satisfies Rules;
