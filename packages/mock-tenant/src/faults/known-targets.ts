import type { Fault } from "./fault.ts";
import { InvalidFaultError } from "./read-fault.ts";

/** What the requests can be for. */
export interface KnownTargets {
  readonly operationIds: readonly string[];
  readonly apiVersions: readonly string[];
}

/** @throws InvalidFaultError when a fault would wait in vain for a request of an operation or a version that there is not. */
export function requireKnownTarget({ match = {} }: Fault, { operationIds, apiVersions }: KnownTargets): void {
  requireKnown("operationId", match.operationId, operationIds);
  requireKnown("apiVersion", match.apiVersion, apiVersions);
}

function requireKnown(name: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  const has = known.length === 0 ? "none" : known.join(", ");
  throw new InvalidFaultError(
    `This is no fault: /match/${name} is ${JSON.stringify(value)}, and the API has ${has}.`,
  );
}
