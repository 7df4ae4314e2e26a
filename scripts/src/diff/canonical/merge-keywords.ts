import { isDeepStrictEqual } from "node:util";
import { annotations, lowerBounds, upperBounds } from "./keywords.ts";

/**
 * Merges two values of a keyword in the parts of an `allOf`. `undefined` if no single value has the same meaning. For an annotation,
 * the first value counts.
 */
export function mergeKeyword(keyword: string, one: unknown, other: unknown): unknown {
  if (isDeepStrictEqual(one, other)) return one;
  if (one === true || other === true) return true;
  if (annotations.has(keyword) || keyword.startsWith("x-")) return one;
  if (typeof one === "number" && typeof other === "number") {
    if (lowerBounds.has(keyword)) return Math.max(one, other);
    if (upperBounds.has(keyword)) return Math.min(one, other);
  }
  const [before, after] = [[one].flat(), [other].flat()];
  switch (keyword) {
    case "required":
      return [...new Set([...before, ...after])];
    case "enum":
      return before.filter((value) => after.some((second) => isDeepStrictEqual(value, second)));
    case "type": {
      const both = before.filter((type) => accepts(after, type));
      const others = after.filter((type) => !both.includes(type) && accepts(before, type));
      return both.length + others.length > 0 ? [...both, ...others] : undefined;
    }
    default:
      return undefined;
  }
}

/** Returns `true` if a list of types allows a type. Every integer is a number. */
export function accepts(types: readonly unknown[], type: unknown): boolean {
  return types.includes(type) || (type === "integer" && types.includes("number"));
}
