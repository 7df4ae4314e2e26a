import type { RequestOptions } from "@isc-customizers/types";
import { longest } from "../runtime/clock.ts";
import { ConfigurationError } from "../errors/errors.ts";
import type { RequestLimits } from "./request-parts.ts";

export const defaultLimits: RequestLimits = { timeout: 30_000, totalTimeout: 300_000, retries: 2 };

/** @throws ConfigurationError for what is out of its range. */
export function requestLimits(
  options: Pick<RequestOptions, keyof RequestLimits>,
  defaults: RequestLimits,
): RequestLimits {
  const wholeNumber = (name: keyof RequestLimits, least: number): number => {
    const { [name]: value = defaults[name] } = options;
    if (Number.isInteger(value) && value >= least && value <= longest) return value;
    throw new ConfigurationError(
      `\`${name}\` must be a whole number from ${least} to ${longest}; it is ${value}.`,
    );
  };
  return {
    timeout: wholeNumber("timeout", 1),
    totalTimeout: wholeNumber("totalTimeout", 1),
    retries: wholeNumber("retries", 0),
  };
}
