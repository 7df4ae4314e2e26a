/** The life of a token, in milliseconds of one clock. */
export interface Lifetime {
  /** When the request for it was sent: its life began no earlier. */
  readonly issued: number;
  readonly expires: number;
}

export interface Token extends Lifetime {
  readonly value: string;
}

/**
 * `fresh`: to be used. `aging`: to be used, while another one is fetched. `old`: not to be used, for it may die on its way.
 * A token ages in its last minute and is old in its last ten seconds; one with a short life in the last half and quarter of it.
 */
export function freshness({ issued, expires }: Lifetime, now: number): "fresh" | "aging" | "old" {
  const life = expires - issued;
  const left = expires - now;
  if (left > Math.min(60_000, life / 2)) return "fresh";
  return left > Math.min(10_000, life / 4) ? "aging" : "old";
}
