import type { RequestOptions } from "@isc-customizers/types";
import { longest } from "./clock.ts";
import { ConfigurationError } from "./errors.ts";
import type { RequestLimits } from "./request-parts.ts";

export const defaultLimits: RequestLimits = { timeout: 30_000, totalTimeout: 300_000, retries: 2 };

/** @throws ConfigurationError for what is out of its range. */
export function requestLimits(
  { timeout, totalTimeout, retries }: Pick<RequestOptions, keyof RequestLimits>,
  defaults: RequestLimits,
): RequestLimits {
  return {
    timeout: wholeNumber("timeout", timeout, defaults, 1),
    totalTimeout: wholeNumber("totalTimeout", totalTimeout, defaults, 1),
    retries: wholeNumber("retries", retries, defaults, 0),
  };
}

function wholeNumber(
  name: keyof RequestLimits,
  value: number | undefined,
  defaults: RequestLimits,
  least: number,
): number {
  if (value === undefined) return defaults[name];
  if (Number.isInteger(value) && value >= least && value <= longest) return value;
  throw new ConfigurationError(
    `\`${name}\` must be a whole number from ${least} to ${longest}; it is ${value}.`,
  );
}
