import { describe, expect, test } from "vitest";
import { SingleFlight } from "../../src/auth/single-flight.ts";
import { AbortError } from "../../src/index.ts";

function controlledFlight() {
  const runs: (PromiseWithResolvers<string> & { readonly signal: AbortSignal })[] = [];
  const flight = new SingleFlight((signal) => {
    const run = { ...Promise.withResolvers<string>(), signal };
    runs.push(run);
    return run.promise;
  });
  return { flight, runs };
}

describe("a single flight", () => {
  test("runs once for all callers that wait at the same time", async () => {
    const { flight, runs } = controlledFlight();
    const callers = [flight.join(), flight.join(), flight.join()];
    expect(runs).toHaveLength(1);
    runs[0]?.resolve("a");
    expect(await Promise.all(callers)).toEqual(["a", "a", "a"]);
  });

  test("runs again for a caller that comes after the result", async () => {
    const { flight, runs } = controlledFlight();
    expect(flight.isRunning).toBe(false);
    for (const result of ["a", "b"]) {
      const caller = flight.join();
      expect(flight.isRunning).toBe(true);
      runs.at(-1)?.resolve(result);
      expect(await caller).toBe(result);
      expect(flight.isRunning).toBe(false);
    }
  });

  test("rejects all callers with the same error, and runs again afterwards", async () => {
    const { flight, runs } = controlledFlight();
    const callers = [flight.join(), flight.join()];
    const error = new Error("no");
    runs[0]?.reject(error);
    expect(await Promise.allSettled(callers)).toEqual(Array(2).fill({ status: "rejected", reason: error }));
    const next = flight.join();
    runs[1]?.resolve("b");
    expect(await next).toBe("b");
  });

  test("goes on when one of its callers aborts", async () => {
    const { flight, runs } = controlledFlight();
    const controller = new AbortController();
    const aborted = flight.join(controller.signal);
    const other = flight.join();
    controller.abort();
    await expect(aborted).rejects.toThrow(AbortError);
    expect(runs[0]?.signal.aborted).toBe(false);
    runs[0]?.resolve("a");
    expect(await other).toBe("a");
  });

  test("is aborted when its last caller aborts, and the next caller starts another run", async () => {
    const { flight, runs } = controlledFlight();
    const [first, second] = [new AbortController(), new AbortController()];
    const callers = [flight.join(first.signal), flight.join(second.signal)];
    first.abort();
    second.abort();
    await Promise.allSettled(callers);
    expect(runs[0]?.signal.aborted).toBe(true);
    const next = flight.join();
    runs[0]?.resolve("too late");
    runs[1]?.resolve("b");
    expect(await next).toBe("b");
    expect(runs).toHaveLength(2);
  });
});
