import type { Token } from "./token.ts";

/**
 * - `fresh`: use it.
 * - `expiring`: use it, and request the next one in the background.
 * - `expired`: do not use it. It may expire before the request arrives.
 */
export type Freshness = "fresh" | "expiring" | "expired";

/**
 * A token is expiring in its last minute and expired in its last ten seconds. A token with a short lifetime is expiring in the last half
 * and expired in the last quarter of it.
 */
export function freshness({ issued, expires }: Omit<Token, "value">, now: number): Freshness {
  const lifetime = expires - issued;
  const left = expires - now;
  if (left > Math.min(60_000, lifetime / 2)) return "fresh";
  return left > Math.min(10_000, lifetime / 4) ? "expiring" : "expired";
}
