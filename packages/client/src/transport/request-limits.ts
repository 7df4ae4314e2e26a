import { check } from "../errors/check.ts";
import { longest } from "../runtime/clock.ts";

/** Limits of a call. */
export interface RequestLimits {
  /** Of one attempt, in milliseconds. */
  readonly timeout: number;
  /** Of the call with all its attempts and waits, in milliseconds. */
  readonly totalTimeout: number;
  /** Maximum number of retries. */
  readonly retries: number;
}

export const defaultLimits: RequestLimits = { timeout: 30_000, totalTimeout: 300_000, retries: 2 };

/** @throws ConfigurationError for a value out of its range. */
export function requestLimits(
  options: { readonly [Name in keyof RequestLimits]?: number | undefined },
  defaults: RequestLimits,
): RequestLimits {
  const wholeNumber = (name: keyof RequestLimits, least: number): number => {
    const { [name]: value = defaults[name] } = options;
    const isValid = Number.isInteger(value) && value >= least && value <= longest;
    check(isValid, name, `a whole number from ${least} to ${longest}`, value);
    return value;
  };
  return {
    timeout: wholeNumber("timeout", 1),
    totalTimeout: wholeNumber("totalTimeout", 1),
    retries: wholeNumber("retries", 0),
  };
}
