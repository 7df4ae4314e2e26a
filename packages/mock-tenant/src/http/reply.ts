/** An HTTP response that has not been sent yet. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Delivery of the body; complete and at once by default. */
  readonly delivery?: Delivery;
}

/** `truncated` closes the connection half-way; `slow` spreads the body over `milliseconds`. */
export type Delivery =
  { readonly kind: "truncated" } | { readonly kind: "slow"; readonly milliseconds: number };

/** A reply with `value` as JSON. */
export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(value) };
}
