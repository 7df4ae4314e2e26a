import type { RequestOptions } from "@isc-customizers/types";

const names: readonly string[] = [
  "signal",
  "headers",
  "timeout",
  "totalTimeout",
  "retries",
  "onUploadProgress",
  "checkZip",
] satisfies (keyof RequestOptions)[];

/** Returns `true` for the name of an option in the second argument of a method. */
export function isCallOption(name: string): boolean {
  return names.includes(name);
}
