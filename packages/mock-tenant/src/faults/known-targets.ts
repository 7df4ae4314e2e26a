import type { Fault } from "./fault.ts";
import { InvalidFaultError } from "./read-fault.ts";

/** Operations and versions of the API. */
export interface KnownTargets {
  readonly operationIds: readonly string[];
  readonly apiVersions: readonly string[];
}

/** @throws InvalidFaultError when a fault names an unknown operation or version, so that it could never hit. */
export function requireKnownTarget({ match = {} }: Fault, { operationIds, apiVersions }: KnownTargets): void {
  requireKnown("operationId", match.operationId, operationIds);
  requireKnown("apiVersion", match.apiVersion, apiVersions);
}

function requireKnown(name: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  const has = known.length === 0 ? "none" : known.join(", ");
  throw new InvalidFaultError(
    `Invalid fault: unknown ${name} ${JSON.stringify(value)} in /match. The API has: ${has}.`,
  );
}
