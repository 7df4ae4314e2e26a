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

/** Whether a call takes an option of this name, in the second argument of its method. */
export function isCallOption(name: string): boolean {
  return names.includes(name);
}
