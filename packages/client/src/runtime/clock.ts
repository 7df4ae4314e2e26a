import { abortable } from "./abort.ts";

/** The time that the client uses. Tests have a clock that runs faster. */
export interface Clock {
  /** Returns the time in milliseconds. It never jumps, as the time of day does when it is set. */
  now(): number;
  /** Calls a function after a time. @returns a function that cancels this */
  after(milliseconds: number, callback: () => void): () => void;
}

/** Longest delay of a timer, in milliseconds: https://html.spec.whatwg.org/#dom-settimeout-dev */
export const longest: number = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, Math.min(milliseconds, longest));
    return () => clearTimeout(timer);
  },
};

/**
 * Waits for a time.
 * @param earlier ends the wait when it resolves
 * @throws AbortError or TimeoutError when the signal is aborted first
 */
export function wait(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal | undefined,
  earlier?: Promise<void>,
): Promise<void> {
  let cancel = () => {};
  const passed = new Promise<void>((resolve) => (cancel = clock.after(milliseconds, resolve)));
  return abortable(earlier ? Promise.race([passed, earlier]) : passed, signal).finally(cancel);
}
