const most = 20;
const perSuccess = 0.2;

/**
 * How many retries a client has left. Each takes one, and each success gives a fifth of one back, up to twenty: while all is well
 * there is no lack of them, and a server that fails all the time gets hardly more than the calls themselves.
 */
export class RetryBudget {
  #left = most;

  /** @returns false when there is none left. */
  take(): boolean {
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  succeed(): void {
    this.#left = Math.min(this.#left + perSuccess, most);
  }
}
