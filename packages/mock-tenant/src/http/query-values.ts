/** The value of a query parameter, or an array of its values when it was sent more than once. */
export function queryValues(query: URLSearchParams, name: string): string | string[] {
  const [first = "", ...others] = query.getAll(name);
  return others.length > 0 ? [first, ...others] : first;
}
