import type { Operation } from "../../model/model.ts";

/** What every request of an operation carries, in words. Empty where it carries nothing of its own. */
export function carriedHeadersOf({ headers }: Operation): string {
  return headers
    .map(({ name, value, description }) =>
      `Every request carries \`${name}: ${value}\`. ${description}`.trimEnd(),
    )
    .join("\n\n");
}
