import type { Fault } from "@isc-customizers/mock-tenant";
import { describe, expect, test, vi } from "vitest";
import type { ClientOptions } from "../../src/index.ts";
import { type Cell, endOf, never, outcomeOf, startCell, token } from "../support/cell.ts";
import { ManualClock } from "../support/clock.ts";
import { sampleCalls } from "../support/operation-samples.ts";

/*
 * Every operation, aborted at every point of a call.
 */

vi.setConfig({ maxConcurrency: 16 });

/** A point of a call at which the caller aborts it. Its fault holds the call there, and `reached` resolves when the call is there. */
interface Stage {
  readonly title: string;
  readonly fault?: Fault;
  readonly options?: Partial<ClientOptions>;
  readonly reached: (cell: Cell) => Promise<unknown>;
  /** Number of requests that the server has received by then. */
  readonly requests: number;
  readonly tokens: number;
  readonly effect: boolean;
}

/** Resolves when the server has the head of a request for this path. */
function arrival(cell: Cell, path: RegExp): Promise<void> {
  return new Promise((resolve) => {
    cell.onArrival = (arrived) => path.test(arrived) && resolve();
  });
}

const stages: readonly Stage[] = [
  {
    title: "before the call",
    reached: () => Promise.resolve(),
    requests: 0,
    tokens: 0,
    effect: false,
  },
  {
    title: "while it waits for the limiter",
    options: { rateLimit: { requests: 1, seconds: 20 } },
    reached: ({ clock }) => clock.asked(20_000),
    requests: 0,
    tokens: 1,
    effect: false,
  },
  {
    title: "while it waits for the token",
    fault: { kind: "delay", milliseconds: never, match: token },
    reached: (cell) => arrival(cell, /token/),
    requests: 0,
    tokens: 1,
    effect: false,
  },
  {
    title: "while it waits to request the token again",
    fault: { kind: "status", status: 503, retryAfter: 20, match: token },
    reached: ({ clock }) => clock.asked(20_000),
    requests: 0,
    tokens: 1,
    effect: false,
  },
  {
    title: "between two attempts",
    fault: { kind: "status", status: 429, retryAfter: 20 },
    reached: ({ clock }) => clock.asked(20_000),
    requests: 1,
    tokens: 1,
    effect: false,
  },
  {
    title: "while it waits for the response",
    fault: { kind: "delay", milliseconds: never },
    reached: (cell) => arrival(cell, /connector/),
    requests: 1,
    tokens: 1,
    effect: false,
  },
  {
    title: "while the body is read",
    fault: { kind: "slow-body", milliseconds: never },
    reached: (cell) => new Promise((resolve) => (cell.onAnswer = resolve)),
    requests: 1,
    tokens: 1,
    effect: true,
  },
];

describe.concurrent.each(sampleCalls)("$title", (row) => {
  test.each(stages)("aborted $title", async (stage) => {
    // No timer of this clock fires, so only the abort can end the call.
    const cell = await startCell(new ManualClock(), stage.options);
    const { mock, clock, client } = cell;
    // This call takes the only slot of the rate limiter.
    const others = stage.options?.rateLimit ? 1 : 0;
    if (others) await client.listConnectorInstances();
    if (stage.fault) mock.faults.add(stage.fault);
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const reached = stage.reached(cell);
    if (stage.title === "before the call") controller.abort(reason);
    let error: unknown;
    const outcome = outcomeOf(
      row.call(client, { signal: controller.signal }).then(undefined, (thrown: unknown) => {
        error = thrown;
        throw thrown;
      }),
    );
    // A body that can be read only once is not kept for another attempt.
    const over = row.oneShot === true && stage.title === "between two attempts";
    await (over ? outcome : reached);
    controller.abort(reason);
    const ended = await outcome;
    if (over) expect(ended).toBe("RateLimitError");
    else {
      expect(ended).toBe("AbortError");
      expect((error as Error).cause).toBe(reason);
    }
    expect(clock.fired).toEqual([]);
    expect(clock.pending).toBe(0);
    const { state, requests, tokens } = await endOf(cell);
    expect({ requests: requests - others, tokens, effects: row.effects(state) }).toEqual({
      requests: stage.requests,
      tokens: stage.tokens,
      effects: stage.effect && row.operation.method !== "GET" ? 1 : 0,
    });
  });
});
