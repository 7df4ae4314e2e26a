import type { Fault } from "@isc-customizers/mock-tenant";
import { describe, expect, test, vi } from "vitest";
import {
  attempt,
  backoff,
  type Cell,
  endOf,
  expectWaits,
  frequencies,
  never,
  outcomeOf,
  startCell,
  token,
  type Wait,
} from "../support/cell.ts";
import { EagerClock } from "../support/clock.ts";
import { type CallKind, sampleCalls } from "../support/operation-samples.ts";

/*
 * Every operation under every fault, with the default options. A cell of the table has the expectation for a kind of call: the outcome
 * (`data`, or the name of the error), and the number of requests.
 */

vi.setConfig({ maxConcurrency: 16 });

const kinds: readonly CallKind[] = ["read", "replace", "delete", "create", "stream"];

/** A cell for each of `kinds`. */
type Cells = readonly [read: string, replace: string, remove: string, create: string, stream: string];

interface FaultRow {
  readonly title: string;
  readonly fault: Fault;
  /** Expectations when the fault affects only the first request. */
  readonly once: Cells;
  /** Expectations when the fault affects every request. */
  readonly always: Cells;
  /** The request takes effect although it fails. */
  readonly takesEffect?: true;
  /** The part of the response that does not arrive before the time limit. */
  readonly late?: "headers" | "body";
  /** The waits between attempts; the default backoff if absent. */
  readonly pauses?: readonly Wait[];
  /** A token is requested for each request, instead of one for the call. */
  readonly tokens?: "each request";
}

/** No call is sent again. A DELETE may have another expectation, because it ignores the body of a success. */
function notRetried(error: string, remove = `${error} 1`): Pick<FaultRow, "once" | "always"> {
  const cell = `${error} 1`;
  const cells: Cells = [cell, cell, remove, cell, cell];
  return { once: cells, always: cells };
}

/** GET, PUT and DELETE are sent again, up to two times. */
function retriedIfIdempotent(error: string): Pick<FaultRow, "once" | "always"> {
  const [once, thrice] = [`${error} 1`, `${error} 3`];
  return { once: ["data 2", "data 2", "data 2", once, once], always: [thrice, thrice, thrice, once, once] };
}

/** Each call is sent again, up to two times, unless its body is a stream. */
function retriedIfRepeatable(error: string): Pick<FaultRow, "once" | "always"> {
  const [once, thrice] = [`${error} 1`, `${error} 3`];
  return {
    once: ["data 2", "data 2", "data 2", "data 2", once],
    always: [thrice, thrice, thrice, thrice, once],
  };
}

/** A call is sent again once with a new token, unless its body is a stream. */
const retriedWithNewToken: Pick<FaultRow, "once" | "always" | "pauses" | "tokens"> = {
  once: ["data 2", "data 2", "data 2", "data 2", "UnauthorizedError 1"],
  always: [
    "UnauthorizedError 2",
    "UnauthorizedError 2",
    "UnauthorizedError 2",
    "UnauthorizedError 2",
    "UnauthorizedError 1",
  ],
  pauses: [[0, 0]],
  tokens: "each request",
};

function statusRow(status: number, expectations: Pick<FaultRow, "once" | "always">): FaultRow {
  return { title: `status ${status}`, fault: { kind: "status", status }, ...expectations };
}

const table: readonly FaultRow[] = [
  {
    title: "dropped before it takes effect",
    fault: { kind: "drop", when: "before" },
    ...retriedIfIdempotent("ConnectionError"),
  },
  {
    title: "dropped after it took effect",
    fault: { kind: "drop", when: "after" },
    ...retriedIfIdempotent("ConnectionError"),
    takesEffect: true,
  },
  {
    title: "a truncated body",
    fault: { kind: "truncated-body" },
    once: ["data 2", "data 2", "data 2", "ConnectionError 1", "ConnectionError 1"],
    always: ["ConnectionError 3", "ConnectionError 3", "data 2", "ConnectionError 1", "ConnectionError 1"],
    takesEffect: true,
  },
  {
    title: "slow headers",
    fault: { kind: "delay", milliseconds: never },
    ...retriedIfIdempotent("TimeoutError"),
    late: "headers",
  },
  {
    title: "a slow body",
    fault: { kind: "slow-body", milliseconds: never },
    once: ["data 2", "data 2", "data 1", "TimeoutError 1", "TimeoutError 1"],
    always: ["TimeoutError 3", "TimeoutError 3", "data 1", "TimeoutError 1", "TimeoutError 1"],
    takesEffect: true,
    late: "body",
  },
  {
    title: "malformed JSON",
    fault: { kind: "malformed-json" },
    ...notRetried("ResponseParseError", "data 1"),
    takesEffect: true,
  },
  {
    title: "JSON sent as plain text",
    fault: { kind: "content-type" },
    once: ["data 1", "data 1", "data 1", "data 1", "data 1"],
    always: ["data 1", "data 1", "data 1", "data 1", "data 1"],
    takesEffect: true,
  },
  {
    title: "an HTML page with status 200",
    fault: { kind: "html", status: 200 },
    ...notRetried("ResponseParseError"),
  },
  {
    title: "an HTML page of a proxy with status 502",
    fault: { kind: "html" },
    ...retriedIfIdempotent("ServerError"),
  },
  statusRow(400, notRetried("BadRequestError")),
  statusRow(403, notRetried("ForbiddenError")),
  statusRow(404, notRetried("NotFoundError")),
  statusRow(408, retriedIfIdempotent("ApiError")),
  statusRow(409, notRetried("ApiError")),
  statusRow(429, retriedIfRepeatable("RateLimitError")),
  statusRow(500, retriedIfIdempotent("ServerError")),
  statusRow(501, notRetried("ServerError")),
  statusRow(502, retriedIfIdempotent("ServerError")),
  statusRow(503, retriedIfIdempotent("ServerError")),
  statusRow(504, retriedIfIdempotent("ServerError")),
  {
    title: "status 503 with Retry-After: 4",
    fault: { kind: "status", status: 503, retryAfter: 4 },
    ...retriedIfIdempotent("ServerError"),
    pauses: [
      [4000, 4000],
      [4000, 4000],
    ],
  },
  {
    title: "status 429 with Retry-After: 7",
    fault: { kind: "status", status: 429, retryAfter: 7 },
    ...retriedIfRepeatable("RateLimitError"),
    pauses: [
      [7000, 7000],
      [7000, 7000],
    ],
  },
  {
    title: "status 429 with a date 7 s ahead as Retry-After",
    fault: { kind: "status", status: 429, retryAfter: 7, retryAfterFormat: "date" },
    ...retriedIfRepeatable("RateLimitError"),
    pauses: [
      [6000, 8000],
      [6000, 8000],
    ],
  },
  {
    title: "status 429 with Retry-After: 61, which is above maxRetryAfter",
    fault: { kind: "status", status: 429, retryAfter: 61 },
    ...notRetried("RateLimitError"),
  },
  {
    title: "expired tokens",
    fault: { kind: "expired-tokens" },
    ...retriedWithNewToken,
  },
  {
    title: "status 401",
    fault: { kind: "status", status: 401 },
    ...retriedWithNewToken,
  },
];

function parse(cell: string) {
  const [outcome = "", requests] = cell.split(" ");
  return { outcome, requests: Number(requests) };
}

/** Returns the waits of a cell: attempts that exceed the time limit, and the pauses between attempts. */
function waitsOf(
  { late, pauses = backoff }: FaultRow,
  { outcome, requests }: ReturnType<typeof parse>,
): Wait[] {
  const failed = outcome === "data" ? requests - 1 : requests;
  return Array.from({ length: requests }, (_, at) => [
    ...(late && at < failed ? [attempt] : []),
    ...pauses.slice(at, at + 1).filter(() => at < requests - 1),
  ]).flat();
}

/** Expires the time limit of an attempt when the late part is due, so that the test does not depend on the machine. */
function expireWhenLate(cell: Cell, late: FaultRow["late"], times: number): void {
  let left = times;
  const expire = () => {
    if (left-- > 0) cell.clock.expire(attempt[0]);
  };
  if (late === "body") cell.onAnswer = ({ body }) => body && setImmediate(expire);
  if (late === "headers") cell.onArrival = (path) => path !== token.path && expire();
}

const cases = table.flatMap((row) => frequencies.map((frequency) => ({ ...row, row, frequency })));

describe.concurrent.each(sampleCalls)("$title", ({ call, effects, kind, operation }) => {
  test.each(cases)("under $title, $frequency", async ({ row, fault, frequency }) => {
    const cell = await startCell(new EagerClock());
    cell.mock.faults.add(frequency === "once" ? fault : { ...fault, probability: 1 });
    expireWhenLate(cell, row.late, frequency === "once" ? 1 : Infinity);
    const expected = parse(row[frequency][kinds.indexOf(kind)] ?? "");
    const changes = operation.method !== "GET" && (expected.outcome === "data" || row.takesEffect) ? 1 : 0;
    const outcome = await outcomeOf(call(cell.client, {}));
    const { fired, pending } = cell.clock;
    const { state, requests, tokens } = await endOf(cell);
    expect({ outcome, requests, tokens, effects: effects(state) }).toEqual({
      ...expected,
      tokens: row.tokens === "each request" ? expected.requests : 1,
      effects: changes,
    });
    expectWaits(fired, waitsOf(row, expected));
    expect(pending).toBe(0);
  });
});
