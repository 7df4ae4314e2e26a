import type { Clock } from "./clock.ts";
import { TimeoutError } from "./errors.ts";

/** Limits of time on something that goes by a signal. */
export class TimeLimit {
  /** Ends with a TimeoutError when one of the limits is reached, or with the signal that there was before. */
  readonly signal: AbortSignal;
  readonly #clock: Clock;
  readonly #controller = new AbortController();
  /** What takes the limits back; `undefined` once that is done. */
  #cancels: (() => void)[] | undefined = [];

  constructor(clock: Clock, outer: AbortSignal | undefined) {
    this.#clock = clock;
    const { signal } = this.#controller;
    this.signal = outer ? AbortSignal.any([outer, signal]) : signal;
  }

  /** @returns what lets the time begin anew */
  add(milliseconds: number, message: () => string): () => void {
    const end = () => this.#controller.abort(new TimeoutError(message()));
    const start = () => this.#clock.after(milliseconds, end);
    let cancel = start();
    this.#cancels?.push(() => cancel());
    return () => {
      // What has been lifted stays so: an upload may go on after its answer.
      if (this.#cancels === undefined) return;
      cancel();
      cancel = start();
    };
  }

  /** Whoever still has the signal is no longer limited by time. */
  lift(): void {
    for (const cancel of this.#cancels ?? []) cancel();
    this.#cancels = undefined;
  }
}
