import type { Operation } from "../../model/model.ts";

/** Describes the headers that every request of an operation carries. Empty if there are none. */
export function carriedHeadersOf({ headers }: Operation): string {
  return headers
    .map(({ name, value, description }) =>
      `Every request carries \`${name}: ${value}\`. ${description}`.trimEnd(),
    )
    .join("\n\n");
}
