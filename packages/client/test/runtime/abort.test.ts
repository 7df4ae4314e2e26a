import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { AbortError, TimeoutError } from "../../src/errors/errors.ts";
import { abortable, toAbortError } from "../../src/runtime/abort.ts";

describe("toAbortError", () => {
  test("returns the client's own TimeoutError", () => {
    const reason = new TimeoutError("30 s");
    expect(toAbortError(AbortSignal.abort(reason))).toBe(reason);
  });

  test.each([
    ["a DOMException", new DOMException("x", "TimeoutError")],
    ["an error of another realm", { name: "TimeoutError", message: "x" }],
  ])("returns a TimeoutError for the reason of AbortSignal.timeout: %s", (_, reason) => {
    const error = toAbortError(AbortSignal.abort(reason));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.cause).toBe(reason);
  });

  test.each([new Error("changed my mind"), "a string", null, 7])(
    "returns an AbortError for the reason %o",
    (reason) => {
      const error = toAbortError(AbortSignal.abort(reason));
      expect(error).toBeInstanceOf(AbortError);
      expect(error.cause).toBe(reason);
    },
  );
});

describe("abortable", () => {
  const never = new Promise<never>(() => {});

  test("settles as the promise does, and removes its listener", async () => {
    const { signal } = new AbortController();
    expect(await abortable(Promise.resolve(1), signal)).toBe(1);
    await expect(abortable(Promise.reject(new Error("x")), signal)).rejects.toThrow("x");
    expect(await abortable(Promise.resolve(1), undefined)).toBe(1);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("throws when the signal is aborted, before or during the wait", async () => {
    const controller = new AbortController();
    const waiting = abortable(never, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toBeInstanceOf(AbortError);
    await expect(abortable(never, controller.signal)).rejects.toBeInstanceOf(AbortError);
  });
});
