import { describe, expect, test } from "vitest";
import { AbortError, ConfigurationError } from "../src/index.ts";
import { createRateLimiter, SlidingWindow } from "../src/rate-limiter.ts";
import { manualClock } from "./clock.ts";

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A limiter of two in a second, and who was let through when. */
function watched(requests = 2) {
  const clock = manualClock();
  const limiter = new SlidingWindow(clock, { requests, seconds: 1 });
  const passed: [name: string, at: number][] = [];
  return {
    clock,
    limiter,
    passed,
    ask: (name: string, signal?: AbortSignal) => {
      const outcome = limiter.acquire(signal).then(() => void passed.push([name, clock.now()]));
      outcome.catch(() => {});
      return outcome;
    },
    pass: async (milliseconds: number) => {
      await settle();
      clock.advance(milliseconds);
      await settle();
    },
  };
}

describe("the client's rate limiter", () => {
  test("lets as many through as the limit says, and the others when their time has come", async () => {
    const { ask, pass, passed } = watched();
    for (const name of ["a", "b", "c", "d", "e"]) void ask(name);
    await settle();
    expect(passed).toEqual([
      ["a", 0],
      ["b", 0],
    ]);
    await pass(1049);
    expect(passed).toHaveLength(2);
    // A twentieth more than a second: requests do not arrive as evenly as they go.
    await pass(1);
    expect(passed.slice(2)).toEqual([
      ["c", 1050],
      ["d", 1050],
    ]);
    await pass(1050);
    expect(passed.slice(4)).toEqual([["e", 2100]]);
  });

  test("goes by a window that slides", async () => {
    const { ask, pass, passed } = watched();
    void ask("a");
    await pass(600);
    void ask("b");
    void ask("c");
    void ask("d");
    await pass(450);
    expect(passed).toEqual([
      ["a", 0],
      ["b", 600],
      ["c", 1050],
    ]);
    await pass(600);
    expect(passed.at(-1)).toEqual(["d", 1650]);
  });

  test("holds everybody back for as long as the server asks", async () => {
    const { ask, pass, passed, limiter } = watched();
    void ask("a");
    limiter.pause(5000);
    limiter.pause(100);
    void ask("b");
    await pass(4999);
    expect(passed).toEqual([["a", 0]]);
    await pass(1);
    expect(passed).toEqual([
      ["a", 0],
      ["b", 5000],
    ]);
  });

  test("lets go who gives up, and the next takes the place", async () => {
    const { ask, pass, passed } = watched(1);
    const controller = new AbortController();
    void ask("a");
    const b = ask("b", controller.signal);
    void ask("c");
    await pass(500);
    controller.abort();
    await expect(b).rejects.toThrow(AbortError);
    await pass(550);
    expect(passed).toEqual([
      ["a", 0],
      ["c", 1050],
    ]);
  });

  test("lets nobody in whose signal has ended, and takes nothing for it", async () => {
    const { ask, passed } = watched(1);
    await expect(ask("a", AbortSignal.abort())).rejects.toThrow(AbortError);
    await ask("b");
    expect(passed).toEqual([["b", 0]]);
  });

  test("leaves no timer when the last one who waits gives up", async () => {
    const { ask, clock } = watched(1);
    const controller = new AbortController();
    void ask("a");
    void ask("b", controller.signal);
    expect(clock.timers()).toBe(1);
    controller.abort();
    expect(clock.timers()).toBe(0);
    // Whoever comes then waits anew.
    void ask("c");
    expect(clock.timers()).toBe(1);
  });

  test("keeps the timer while anybody waits", () => {
    const { ask, clock } = watched(1);
    const controller = new AbortController();
    void ask("a");
    void ask("b", controller.signal);
    void ask("c");
    controller.abort();
    expect(clock.timers()).toBe(1);
  });

  test("leaves no listener on a signal", async () => {
    const { ask, pass } = watched(1);
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args));
    void ask("a", signal);
    void ask("b", signal);
    expect(listeners).toBe(1);
    await pass(1050);
    expect(listeners).toBe(0);
  });
});

describe("the option", () => {
  const clock = manualClock();

  test("may be a limit, a limiter, none, or left out", () => {
    const own = { acquire: () => Promise.resolve() };
    expect(createRateLimiter(own, clock)).toBe(own);
    expect(createRateLimiter(false, clock)).toBeUndefined();
    expect(createRateLimiter({ requests: 1, seconds: 0.5 }, clock)).toBeInstanceOf(SlidingWindow);
    expect(createRateLimiter(undefined, clock)).toBeInstanceOf(SlidingWindow);
  });

  test("is 100 in 10 seconds when it is left out", async () => {
    const limiter = createRateLimiter(undefined, clock);
    let passed = 0;
    for (let request = 0; request < 201; request++) void limiter?.acquire().then(() => passed++);
    await settle();
    expect(passed).toBe(100);
    clock.advance(10_499);
    await settle();
    expect(passed).toBe(100);
    clock.advance(1);
    await settle();
    expect(passed).toBe(200);
  });

  test.each([
    { requests: 0, seconds: 1 },
    { requests: 1.5, seconds: 1 },
    { requests: 1, seconds: 0 },
    { requests: 1, seconds: Number.NaN },
  ])("is not %j", (limit) => {
    expect(() => createRateLimiter(limit, clock)).toThrow(ConfigurationError);
  });
});
