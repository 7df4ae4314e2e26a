import type { Severity } from "../severity.ts";

/** Rules of the policy: how grave each is, what has changed by it, and why it is rated so. */
export type RatedRules = Readonly<
  Record<string, readonly [severity: Exclude<Severity, "none">, change: string, reason: string]>
>;
