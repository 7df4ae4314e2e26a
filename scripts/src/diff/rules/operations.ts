import {
  added,
  changed,
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

/** Rules for operations as wholes. */
export const operationRules = {
  "operation-added": minor("A method more; the vendor's rules: non-breaking.", added("Operation")),
  "operation-removed": major("Its method is gone: calls do not compile.", removed("Operation")),
  "operation-renamed": major(
    "The method of an operation has another name: its `operationId` changed, or another operation took the name. The method of the old name is gone, or calls another operation.",
    changed("Operation", "operationId", ({ before }) => `is the new name of ${shown(before)}`),
  ),
  "operation-moved": major(
    "Its method stays, but `raw` and `paths` have the old path no more.",
    changed(
      "Operation",
      "address",
      ({ before, after }) => `is at ${shown(after)} instead of ${shown(before)}`,
    ),
  ),
  "operation-deprecated": minor(
    "It still works; editors strike its calls through.",
    turnedOn("Operation", "deprecated", "is deprecated"),
  ),
  "operation-undeprecated": patch(
    "Nothing to change in any code.",
    turnedOff("Operation", "deprecated", "is no longer deprecated"),
  ),
  "operation-made-experimental": major(
    "The promise to keep it stable is taken back.",
    turnedOn("Operation", "x-experimental", "is experimental now"),
  ),
  "operation-made-stable": minor(
    "An operation is no longer experimental. This policy applies to it from now on.",
    changed("Operation", "x-experimental", ({ before }) => before === true && "is no longer experimental"),
  ),
  "pagination-added": minor(
    "Its `PagePromise` is still awaited for one page, and can be iterated.",
    changed("Operation", "x-pagination", ({ before }) => !isPaginated(before) && "is paginated now"),
  ),
  "pagination-removed": major(
    "Its `PagePromise` becomes an `ApiPromise`: iterating it does not compile.",
    changed("Operation", "x-pagination", ({ after }) => !isPaginated(after) && "is no longer paginated"),
  ),
  "pagination-changed": minor(
    "An operation is paginated by other parameters. Its types stay.",
    on("Operation", ({ property, before, after }) => {
      return (
        property === "x-pagination" &&
        isPaginated(before) &&
        isPaginated(after) &&
        "is paginated in another way"
      );
    }),
  ),
} satisfies Rules;
