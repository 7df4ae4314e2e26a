/** Tokens that a retry costs. */
const retryCost = 5;

/** Tokens that a success without retries gives. */
const successGain = 1;

/**
 * Limits the retries of a client while a server is failing, as the AWS SDKs do
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html). A retry takes 5 tokens. A success refunds what the
 * retries of its call took, or gives 1 token if there were none. So a few failures among many successes are always retried, but a server
 * that fails for long gets hardly more requests than there are calls.
 */
export class RetryQuota {
  readonly #capacity: number;
  #tokens: number;

  /** @param capacity number of tokens at the start, and at most; `Infinity` for no quota */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#tokens = capacity;
  }

  /** Takes the tokens of a retry. Returns `false`, and takes none, if there are too few. */
  take(): boolean {
    if (this.#tokens < retryCost) return false;
    this.#tokens -= retryCost;
    return true;
  }

  /**
   * Returns tokens after a success, up to the capacity.
   * @param retries the retries of the call that `take` allowed
   */
  refund(retries: number): void {
    this.#tokens = Math.min(this.#tokens + (retries * retryCost || successGain), this.#capacity);
  }
}
