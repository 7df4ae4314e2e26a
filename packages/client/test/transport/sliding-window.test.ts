import { getEventListeners } from "node:events";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AbortError, TimeoutError } from "../../src/index.ts";
import { wait } from "../../src/runtime/clock.ts";
import type { Release } from "../../src/transport/rate-limiter.ts";
import { SlidingWindow } from "../../src/transport/sliding-window.ts";
import { ManualClock } from "../support/clock.ts";

/** A limiter of three requests in ten seconds, and its grants. A response begins `latency` milliseconds after the grant. */
function setUp({ latency = 0, requests = 3 } = {}) {
  const clock = new ManualClock();
  const limiter = new SlidingWindow(clock, { requests, seconds: 10 });
  const granted: [name: string, at: number][] = [];
  const acquire = (name: string, signal?: AbortSignal) => {
    const grant = limiter.acquire(signal).then((release) => {
      granted.push([name, clock.now()]);
      if (latency > 0) clock.after(latency, () => void release(true));
      else void release(true);
    });
    grant.catch(() => {});
    return grant;
  };
  return { clock, limiter, granted, acquire };
}

/** Takes all slots. */
async function takeAll(limiter: SlidingWindow, slots: number): Promise<Release[]> {
  return await Promise.all(Array.from({ length: slots }, () => limiter.acquire()));
}

/** Counts the slots that are free. Takes none. */
async function freeSlots(limiter: SlidingWindow, clock: ManualClock): Promise<number> {
  const releases: Release[] = [];
  const controller = new AbortController();
  for (let n = 0; n < 200; n++)
    limiter.acquire(controller.signal).then(
      (release) => releases.push(release),
      () => {},
    );
  await clock.advance(0);
  controller.abort();
  for (const release of releases) void release(false);
  return releases.length;
}

describe("SlidingWindow", () => {
  test("grants the slots of the limit at once, and the others in their order when slots become free", async () => {
    const { clock, granted, acquire } = setUp();
    for (const name of ["a", "b", "c", "d", "e", "f", "g"]) void acquire(name);
    await clock.advance(0);
    expect(granted.map(([name]) => name)).toEqual(["a", "b", "c"]);
    await clock.advance(9999);
    expect(granted).toHaveLength(3);
    await clock.advance(100_000);
    expect(granted.slice(3)).toEqual([
      ["d", 10_000],
      ["e", 10_000],
      ["f", 10_000],
      ["g", 20_000],
    ]);
    expect(clock.pending).toBe(0);
  });

  test("holds a slot until a period after the response began", async () => {
    const { clock, granted, acquire } = setUp({ latency: 2500 });
    for (const name of ["a", "b", "c", "d"]) void acquire(name);
    await clock.advance(12_499);
    expect(granted).toHaveLength(3);
    await clock.advance(1);
    expect(granted[3]).toEqual(["d", 12_500]);
  });

  test("holds a slot for as long as there is no response", async () => {
    const { clock, limiter } = setUp();
    await takeAll(limiter, 3);
    await clock.advance(1_000_000);
    expect(await freeSlots(limiter, clock)).toBe(0);
  });

  test("frees the slot of a request that was not sent at once", async () => {
    const { clock, limiter } = setUp();
    const [release] = await takeAll(limiter, 3);
    expect(await freeSlots(limiter, clock)).toBe(0);
    void release?.(false);
    expect(await freeSlots(limiter, clock)).toBe(1);
  });

  test("frees each slot in its own time, whatever the order of the responses", async () => {
    const { clock, limiter } = setUp();
    const [a, b, c] = await takeAll(limiter, 3);
    void c?.(true);
    await clock.advance(1000);
    void a?.(true);
    await clock.advance(1000);
    void b?.(true);
    const free: number[] = [];
    for (const milliseconds of [7999, 1, 1000, 1000]) {
      await clock.advance(milliseconds);
      free.push(await freeSlots(limiter, clock));
    }
    expect(free).toEqual([0, 1, 2, 3]);
  });

  test("grants slots to retries before first attempts, in their order", async () => {
    const { clock, limiter } = setUp();
    for (const release of await takeAll(limiter, 3)) void release(true);
    const granted: string[] = [];
    for (const [name, attempt] of Object.entries({ a: 1, b: 2, c: 1, d: 3, e: 2 }))
      void limiter.acquire(undefined, attempt).then((release) => {
        granted.push(name);
        void release(true);
      });
    await clock.advance(20_000);
    expect(granted).toEqual(["b", "d", "e", "a", "c"]);
  });

  test("gives the place of an aborted waiter to the next", async () => {
    const { clock, granted, acquire } = setUp();
    const controllers = ["d", "e", "f"].map(() => new AbortController());
    for (const name of ["a", "b", "c"]) void acquire(name);
    const grants = ["d", "e", "f"].map((name, at) => acquire(name, controllers[at]?.signal));
    await clock.advance(5000);
    controllers[1]?.abort(new Error("enough"));
    await expect(grants[1]).rejects.toThrow(AbortError);
    await clock.advance(5000);
    expect(granted.slice(3)).toEqual([
      ["d", 10_000],
      ["f", 10_000],
    ]);
    for (const { signal } of controllers) expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("sets no timer after every waiter was aborted", async () => {
    const { clock, acquire } = setUp();
    for (const name of ["a", "b", "c"]) void acquire(name);
    await clock.advance(0);
    const controller = new AbortController();
    const grants = ["d", "e"].map((name) => acquire(name, controller.signal));
    expect(clock.pending).toBe(1);
    controller.abort();
    for (const grant of grants) await expect(grant).rejects.toThrow(AbortError);
    expect(clock.pending).toBe(0);
  });

  test("grants no slot to a signal that is aborted already", async () => {
    const { clock, limiter, acquire } = setUp();
    await expect(acquire("x", AbortSignal.abort())).rejects.toThrow(AbortError);
    expect(await freeSlots(limiter, clock)).toBe(3);
  });

  test("rejects with a TimeoutError for a signal of `AbortSignal.timeout`", async () => {
    const reason = new DOMException("late", "TimeoutError");
    await expect(setUp().acquire("x", AbortSignal.abort(reason))).rejects.toThrow(TimeoutError);
  });

  test("grants nothing during a pause, and the longest of several pauses counts", async () => {
    const { clock, limiter, granted, acquire } = setUp();
    void acquire("a");
    await clock.advance(0);
    limiter.pause(30_000);
    limiter.pause(5000);
    void acquire("b");
    await clock.advance(29_999);
    expect(granted).toHaveLength(1);
    await clock.advance(1);
    expect(granted[1]).toEqual(["b", 30_000]);
  });

  test("holds back those who wait already when it is paused", async () => {
    const { clock, limiter, granted, acquire } = setUp();
    for (const name of ["a", "b", "c", "d"]) void acquire(name);
    await clock.advance(9000);
    limiter.pause(7000);
    await clock.advance(6999);
    expect(granted).toHaveLength(3);
    await clock.advance(1);
    expect(granted[3]).toEqual(["d", 16_000]);
    expect(clock.pending).toBe(0);
  });

  test("has half as many slots after a 429, and at least one", async () => {
    const { clock, limiter } = setUp({ requests: 100 });
    const free: number[] = [];
    for (let n = 0; n < 9; n++) {
      limiter.pause(1000);
      await clock.advance(1000);
      free.push(await freeSlots(limiter, clock));
    }
    expect(free).toEqual([50, 25, 13, 7, 4, 2, 1, 1, 1]);
  });

  test("halves its slots once for 429s that arrive within a second, or within the pause", async () => {
    const { clock, limiter } = setUp({ requests: 100 });
    for (let n = 0; n < 10; n++) {
      limiter.pause(0);
      await clock.advance(99);
    }
    expect(await freeSlots(limiter, clock)).toBe(50);
    await clock.advance(10);
    limiter.pause(5000);
    await clock.advance(4000);
    limiter.pause(2000);
    await clock.advance(2000);
    expect(await freeSlots(limiter, clock)).toBe(25);
  });

  test("grows back by a tenth of its limit for each period without a 429", async () => {
    const { clock, limiter } = setUp({ requests: 25 });
    limiter.pause(4000);
    await clock.advance(4000);
    const free = [await freeSlots(limiter, clock)];
    for (let n = 0; n < 6; n++) {
      await clock.advance(9999);
      free.push(await freeSlots(limiter, clock));
      await clock.advance(1);
      free.push(await freeSlots(limiter, clock));
    }
    expect(free).toEqual([13, 13, 16, 16, 19, 19, 22, 22, 25, 25, 25, 25, 25]);
  });

  test("grants a slot that it has grown while the others are held", async () => {
    const { clock, limiter, granted, acquire } = setUp({ requests: 4 });
    const [first] = await takeAll(limiter, 4);
    void first?.(false);
    limiter.pause(0);
    void acquire("a");
    // There are 2 slots after the pause, then 3, then 4.
    await clock.advance(19_999);
    expect(granted).toEqual([]);
    await clock.advance(1);
    expect(granted).toEqual([["a", 20_000]]);
  });

  test("never lets a server see more than the limit in a period, whatever the delays, and keeps the order", async () => {
    const request = fc.record({
      pause: fc.nat(3000),
      toServer: fc.nat(4000),
      toClient: fc.nat(4000),
      isSent: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(request, { minLength: 1, maxLength: 40 }),
        fc.array(fc.nat(40), { maxLength: 2 }),
        async (requests, sequence, refused) => {
          const clock = new ManualClock();
          const limiter = new SlidingWindow(clock, { requests, seconds: 1 });
          const granted: number[] = [];
          const arrived: number[] = [];
          for (const [number, { pause, toServer, toClient, isSent }] of sequence.entries()) {
            await clock.advance(pause);
            void limiter.acquire().then(async (release) => {
              granted.push(number);
              await wait(clock, toServer, undefined);
              if (isSent) arrived.push(clock.now());
              await wait(clock, toClient, undefined);
              if (isSent && refused.includes(number)) limiter.pause(500);
              void release(isSent);
            });
          }
          while (granted.length < sequence.length || clock.pending > 0) await clock.advance(500);
          expect(granted).toEqual(sequence.map((_, number) => number));
          for (const at of arrived) {
            const inPeriod = arrived.filter((other) => other >= at && other < at + 1000);
            expect(inPeriod.length).toBeLessThanOrEqual(requests);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
