import fc from "fast-check";
import { mostly } from "./mostly.ts";

/** The JSON of a fault that may be invalid. */
export interface AttackFault {
  readonly json: string;
  /** False if the fault delays a response for longer than a test can wait. */
  readonly awaitable: boolean;
}

const milliseconds = mostly(fc.nat(20), fc.constantFrom(-1, 1.5, 2 ** 31 - 1, 2 ** 31, 1e300), 3);
const status = mostly(
  fc.integer({ min: 200, max: 599 }),
  fc.constantFrom(0, 99, 100, 101, 199, 600, -1, 200.5),
);
const headerName = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom("Date", "Set-Cookie", "X-A", "x-a", "Content-Type", "Allow", "__proto__"),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom("Trailer", "Content-Length", "content-length", "Transfer-Encoding"),
  },
  fc.constantFrom("", " ", "a b", "a\r\nb"),
);
const headerValue = mostly(
  fc.constantFrom("", "text/html", "chunked", "5", "\xff", "a\tb"),
  fc.oneof(fc.string({ unit: "binary", maxLength: 20 }), fc.constantFrom("a\r\nX: b", "\0", "\u2028")),
);
const headers = fc.dictionary(headerName, headerValue, { maxKeys: 2 });

const effect = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(
      {
        kind: fc.constant("status"),
        status,
        body: fc.jsonValue(),
        headers,
        retryAfter: mostly(fc.nat(1e9), fc.constantFrom(-1, 1e10)),
        retryAfterFormat: mostly(fc.constantFrom("seconds", "date"), fc.constant("never")),
      },
      { requiredKeys: ["kind", "status"] },
    ),
  },
  fc.record({ kind: fc.constantFrom("delay", "slow-body"), milliseconds }),
  fc.record({
    kind: fc.constant("drop"),
    when: mostly(fc.constantFrom("before", "after"), fc.constant("during")),
  }),
  fc.record({ kind: fc.constantFrom("truncated-body", "malformed-json", "expired-tokens") }),
  fc.record({ kind: fc.constant("html"), status }, { requiredKeys: ["kind"] }),
  fc.record({ kind: fc.constant("content-type"), contentType: headerValue }, { requiredKeys: ["kind"] }),
);

/** A matcher for the request that follows, or one that nearly matches it. */
const match = fc.record(
  {
    operationId: mostly(fc.constant("listConnectorCustomizers"), fc.constantFrom("__proto__", "")),
    method: mostly(fc.constant("GET"), fc.constantFrom("POST", "get", "")),
    path: mostly(fc.constantFrom("*", "/v2024/*", "*s", "*".repeat(1000)), fc.string({ maxLength: 5 })),
    apiVersion: mostly(fc.constant("v2024"), fc.constant("beta")),
    unknown: mostly(fc.constant(undefined), fc.constant(1)),
  },
  { requiredKeys: [] },
);

const selection = fc.record(
  {
    match,
    times: mostly(fc.constantFrom(1, 2, 1e300), fc.constantFrom(0, -1, 1.5)),
    probability: mostly(fc.constantFrom(1, 0.5, Number.MIN_VALUE), fc.constantFrom(0, 2)),
    seed: fc.constantFrom(0, 1, -1, 1e300, 2 ** 53),
  },
  { requiredKeys: [] },
);

/** Returns false for a fault with a long delay. */
function isAwaitable(value: unknown): boolean {
  const { milliseconds: wait = 0 } = (value ?? {}) as { milliseconds?: unknown };
  return typeof wait !== "number" || wait <= 20;
}

export const fault: fc.Arbitrary<AttackFault> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(effect, fc.oneof(fc.constant({}), selection)).map(([does, hits]) => {
      const value = { ...does, ...hits };
      return { json: JSON.stringify(value), awaitable: isAwaitable(value) };
    }),
  },
  fc.jsonValue().map((value) => ({ json: JSON.stringify(value), awaitable: true })),
  fc.integer({ min: 1, max: 100_000 }).map((depth) => ({
    json: `{"kind":"status","status":200,"body":${"[".repeat(depth)}${"]".repeat(depth)}}`,
    awaitable: true,
  })),
  fc
    .constantFrom(
      "",
      "{",
      "null",
      '{"kind":"__proto__"}',
      '{"kind":"drop","when":"after","times":1e999}',
      '{"__proto__":{"kind":"drop"}}',
    )
    .map((json) => ({ json, awaitable: true })),
);
