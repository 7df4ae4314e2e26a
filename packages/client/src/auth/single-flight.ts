import { abortable } from "../runtime/abort.ts";

/** Shares one run of a function between all callers that wait for it at the same time. */
export class SingleFlight<T> {
  readonly #run: (signal: AbortSignal) => Promise<T>;
  #inFlight:
    { readonly result: Promise<T>; readonly controller: AbortController; waiters: number } | undefined;

  /** @param run Its signal is aborted when no caller waits any more. */
  constructor(run: (signal: AbortSignal) => Promise<T>) {
    this.#run = run;
  }

  get isRunning(): boolean {
    return this.#inFlight !== undefined;
  }

  /**
   * Waits for the current run, or starts one.
   * @param signal Ends the wait of this caller. The run goes on for the others.
   */
  async join(signal?: AbortSignal): Promise<T> {
    const inFlight = (this.#inFlight ??= this.#start());
    inFlight.waiters++;
    try {
      return await abortable(inFlight.result, signal);
    } finally {
      inFlight.waiters--;
      if (inFlight.waiters === 0) {
        this.#inFlight = undefined;
        inFlight.controller.abort();
      }
    }
  }

  #start() {
    const controller = new AbortController();
    return { result: this.#run(controller.signal), controller, waiters: 0 };
  }
}
