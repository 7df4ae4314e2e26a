import { abortable } from "./abort.ts";

/** Time as the client goes by it. Tests have one that runs faster. */
export interface Clock {
  /** In milliseconds of a clock that is never set: the time of day may jump. */
  now(): number;
  /** Calls back after so many milliseconds. @returns what takes it back */
  after(milliseconds: number, callback: () => void): () => void;
}

/** As much as a timer can wait: https://html.spec.whatwg.org/#dom-settimeout-dev */
export const longest: number = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, Math.min(milliseconds, longest));
    return () => clearTimeout(timer);
  },
};

/** @throws AbortError or TimeoutError at the signal's end. */
export function wait(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  let cancel = () => {};
  const passed = new Promise<void>((resolve) => (cancel = clock.after(milliseconds, resolve)));
  return abortable(passed, signal).finally(cancel);
}
