import { type ErrorName, errorName } from "./contract/error-name.ts";
import type { Operation, Response } from "./model.ts";

/** The responses that mean success: the 2xx ones, or `default` where the spec names none (OpenAPI 3.1.0, section 4.8.16). */
export function successesOf({ responses }: Operation): readonly Response[] {
  const successes = responses.filter(({ status }) => status.startsWith("2"));
  return successes.length > 0 ? successes : responses.filter(({ status }) => status === "default");
}

/** The responses that mean failure, each with its status where it has one. */
export function failuresOf({ responses }: Operation): readonly Response[] {
  return responses.filter(({ status }) => /^[45]/.test(status));
}

/** The error class that stands for a failure; for a range of statuses, the one that all of them share. */
export function errorNameOf({ status }: Response): ErrorName {
  return errorName(Number.parseInt(status.replace(/XX$/i, "99")));
}
