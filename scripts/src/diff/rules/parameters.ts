import {
  changed,
  isRequiredNode,
  major,
  minor,
  on,
  removed,
  type Rules,
  shown,
  turnedOff,
  turnedOn,
} from "./rule.ts";

export const parameterRules = {
  "parameter-added": minor(
    "The vendor calls it non-breaking.",
    on("Parameter", (found) => found.kind === "added" && !isRequiredNode(found) && "is new"),
  ),
  "required-parameter-added": major(
    "Calls without it do not compile. A header with one fixed value counts too, because `raw` requires it.",
    on("Parameter", (found) => found.kind === "added" && isRequiredNode(found) && "is new, and required"),
  ),
  "parameter-removed": major("Calls that pass it do not compile.", removed("Parameter")),
  "parameter-renamed": major(
    "Calls that pass the old name do not compile.",
    changed("Parameter", "name", ({ before }) => `was called ${shown(before)}`),
  ),
  "parameter-moved": major(
    "A parameter moves to another place: query, path or header. The method takes it as before, but calls of `raw` do not compile.",
    changed("Parameter", "in", ({ before }) => `was in ${shown(before)} before`),
  ),
  "parameter-became-required": major(
    "Calls without it do not compile.",
    turnedOn("Parameter", "required", "is required now"),
  ),
  "parameter-became-optional": minor(
    "Calls that pass it compile and work as before.",
    turnedOff("Parameter", "required", "is optional now"),
  ),
  "parameter-encoding-changed": minor(
    "A parameter is serialized differently (`style`, `explode`). The client serializes it; its type stays.",
    on("Parameter", ({ property = "" }) => {
      return (
        /^(?:style|explode|allowReserved|allowEmptyValue)$/.test(property) && `has another \`${property}\``
      );
    }),
  ),
} satisfies Rules;
