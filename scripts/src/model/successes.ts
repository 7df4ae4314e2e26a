import { type ErrorName, errorName } from "../contract/error-name.ts";
import type { Operation, Response } from "./model.ts";

/** Selects the success responses: those with 2xx, or `default` if there are none (OpenAPI 3.1.0, section 4.8.16). */
export function successesOf({ responses }: Operation): readonly Response[] {
  const successes = responses.filter(({ status }) => status.startsWith("2"));
  return successes.length > 0 ? successes : responses.filter(({ status }) => status === "default");
}

/**
 * Returns the name of the error that a call throws for a response. For a range of statuses, it is their common class. `undefined` for
 * a success.
 */
export function thrownBy(operation: Operation, response: Response): ErrorName | undefined {
  if (successesOf(operation).includes(response)) return undefined;
  return errorName(Number.parseInt(response.status.replace(/XX$/i, "99")));
}
