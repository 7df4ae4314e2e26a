/** Markup that is inserted into a page without escaping. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Value = Html | string | number | undefined | readonly Value[];

/**
 * An HTML template. Escapes every value except `Html`, for a text or a quoted attribute. Concatenates the items of a list and
 * omits undefined.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(String.raw({ raw: parts }, ...values.map(markupOf)));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function markupOf(value: Value): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.markup;
  if (typeof value !== "object")
    return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
  return value.map(markupOf).join("");
}
