import type { Operation, Response } from "./model.ts";

/** The responses that mean success: the 2xx ones, or `default` where the spec names none (OpenAPI 3.1.0, section 4.8.16). */
export function successesOf({ responses }: Operation): readonly Response[] {
  const successes = responses.filter(({ status }) => /^2/.test(status));
  return successes.length > 0 ? successes : responses.filter(({ status }) => status === "default");
}

/** The responses that mean failure, each with its status where it has one. */
export function failuresOf({ responses }: Operation): readonly Response[] {
  return responses.filter(({ status }) => /^[45]/.test(status));
}
