import { plainText } from "./plain-text.ts";

/**
 * The parts of a query that a parameter is as is usual, in the style `form` with `explode` (https://spec.openapis.org/oas/v3.1.1#style-values): a list has
 * its name once for each item, and of an object every member stands for itself. None where there is no value.
 */
export function queryParts(name: string, value: unknown): string[] {
  const pairs: [string, unknown][] = Array.isArray(value)
    ? value.map((item: unknown) => [name, item])
    : typeof value === "object"
      ? Object.entries(value ?? {})
      : [[name, value]];
  return pairs
    .filter(([, part]) => part !== undefined && part !== null)
    .map(([key, part]) => `${encodeURIComponent(key)}=${encodeURIComponent(plainText(name, part))}`);
}
