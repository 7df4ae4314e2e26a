/** Tokens that a retry costs. */
const retryCost = 5;

/** Tokens that a success without a retry gives back. */
const successRefund = 1;

/**
 * The retry quota of a client, as in the AWS SDKs (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html). A retry
 * takes 5 tokens, and a success gives back what its retries took, or 1 token if it had none. So a server that fails for long gets hardly
 * more requests than there are calls.
 */
export class RetryQuota {
  readonly #capacity: number;
  #tokens: number;

  /** @param capacity tokens at the start and at most */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#tokens = capacity;
  }

  /** Takes the tokens of a retry. Returns `false` if there are too few. */
  take(): boolean {
    if (this.#tokens < retryCost) return false;
    this.#tokens -= retryCost;
    return true;
  }

  /** @param retries the retries of the call that has succeeded */
  refund(retries: number): void {
    this.#tokens = Math.min(this.#tokens + (retries * retryCost || successRefund), this.#capacity);
  }
}
