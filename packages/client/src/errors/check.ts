import { ConfigurationError } from "./errors.ts";

/**
 * Checks an option or an argument.
 * @param expected the end of the sentence "`name` must be ..."
 * @param got the value, unless it may be a secret
 * @throws ConfigurationError unless it is valid
 */
export function check(
  isValid: boolean,
  name: string,
  expected: string,
  got?: string | number | boolean,
): asserts isValid {
  const shown = got === undefined ? "" : `; got ${String(got)}`;
  if (!isValid) throw new ConfigurationError(`\`${name}\` must be ${expected}${shown}.`);
}
