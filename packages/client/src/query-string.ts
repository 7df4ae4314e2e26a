/**
 * The query of a URL, in OpenAPI's default styles (https://spec.openapis.org/oas/v3.1.0#style-values): a list has its name once for
 * each item, and an object is `deepObject`, which the generator sees to. What is undefined or null is left out.
 */
export function queryString(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => pairsOf(name, value));
  return pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
}

function pairsOf(name: string, value: unknown): [string, string][] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => pairsOf(name, item));
  if (typeof value !== "object") return [[name, `${value as string}`]];
  return Object.entries(value).flatMap(([key, member]) => {
    if (typeof member === "object" && member !== null)
      throw new TypeError(`\`${name}.${key}\` is nested too deeply.`);
    return pairsOf(`${name}[${key}]`, member);
  });
}
