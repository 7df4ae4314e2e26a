import type { Fault } from "@isc-customizers/mock-tenant";
import { describe, expect, test, vi } from "vitest";
import {
  attempt,
  backoff,
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
import { sampleCalls } from "../support/operation-samples.ts";

/*
 * Every operation under every fault of the token endpoint, with the default options.
 */

vi.setConfig({ maxConcurrency: 16 });

interface TokenExpectation {
  readonly outcome: "data" | "AuthenticationError";
  readonly tokens: number;
  readonly waits: readonly Wait[];
}

interface TokenFaultRow {
  readonly title: string;
  readonly fault: Fault;
  readonly once: TokenExpectation | undefined;
  readonly always: TokenExpectation;
  readonly isLate?: true;
}

/** Faults of the token endpoint. Every call has the same expectation: it is sent once, or not at all. */
const tokenTable: readonly TokenFaultRow[] = [
  {
    title: "answers 503",
    fault: { kind: "status", status: 503, match: token },
    once: { outcome: "data", tokens: 2, waits: backoff.slice(0, 1) },
    always: { outcome: "AuthenticationError", tokens: 3, waits: backoff },
  },
  {
    title: "closes the connection",
    fault: { kind: "drop", when: "before", match: token },
    once: { outcome: "data", tokens: 2, waits: backoff.slice(0, 1) },
    always: { outcome: "AuthenticationError", tokens: 3, waits: backoff },
  },
  {
    title: "refuses the credentials",
    fault: { kind: "status", status: 401, match: token },
    once: { outcome: "AuthenticationError", tokens: 1, waits: [] },
    always: { outcome: "AuthenticationError", tokens: 1, waits: [] },
  },
  {
    title: "does not answer",
    fault: { kind: "delay", milliseconds: never, match: token },
    once: undefined,
    always: {
      outcome: "AuthenticationError",
      tokens: 3,
      waits: [attempt, [250, 500], attempt, [500, 1000], attempt],
    },
    isLate: true,
  },
];

const tokenCases = tokenTable.flatMap((row) =>
  frequencies.flatMap((frequency) =>
    row[frequency] ? [{ ...row, frequency, expected: row[frequency] }] : [],
  ),
);

describe.concurrent.each(sampleCalls)("$title", ({ call, effects, operation }) => {
  test.each(tokenCases)(
    "when the token endpoint $title, $frequency",
    async ({ fault, frequency, expected, isLate }) => {
      const cell = await startCell(new EagerClock());
      cell.mock.faults.add(frequency === "once" ? fault : { ...fault, probability: 1 });
      if (isLate) cell.onArrival = (path) => path === token.path && cell.clock.expire(attempt[0]);
      const outcome = await outcomeOf(call(cell.client, {}));
      const { fired, pending } = cell.clock;
      const { state, requests, tokens } = await endOf(cell);
      const isSent = expected.outcome === "data";
      expect({ outcome, requests, tokens, effects: effects(state) }).toEqual({
        outcome: expected.outcome,
        requests: isSent ? 1 : 0,
        tokens: expected.tokens,
        effects: isSent && operation.method !== "GET" ? 1 : 0,
      });
      expectWaits(fired, expected.waits);
      expect(pending).toBe(0);
    },
  );
});
