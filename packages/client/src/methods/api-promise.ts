import type { ApiPromise as ApiPromiseContract } from "@isc-customizers/types";
import { ConfigurationError } from "../errors/errors.ts";
import type { OpenapiResult } from "../openapi/openapi-call.ts";

/** Settings of a call that can still change in the statement that makes it. */
export interface CallControl {
  /** The caller wants the response with its body unread. */
  isUnread: boolean;
  /** The greatest number of items that the caller wants of a list. */
  max?: number;
}

/** Sends a call. */
export type SendCall = (control: CallControl) => Promise<OpenapiResult>;

/** A call that has been sent, as a promise of its data. */
export class ApiPromise<Data> implements ApiPromiseContract<Data> {
  readonly [Symbol.toStringTag] = "ApiPromise";
  protected readonly control: CallControl = { isUnread: false };
  readonly #result: Promise<{ data: Data; response: Response }>;
  /** The statement that made the call is still running. */
  #isChaining = true;
  #isDataWanted = false;

  constructor(send: SendCall, read: (result: OpenapiResult) => Promise<Data>) {
    queueMicrotask(() => (this.#isChaining = false));
    this.#result = send(this.control).then(async (result) => ({
      data: this.control.isUnread ? (undefined as never) : await read(result),
      response: result.context.response,
    }));
  }

  async asResponse(): Promise<Response> {
    if (!this.#isChaining || this.#isDataWanted)
      throw new ConfigurationError(
        "`asResponse()` must be chained to the call, as in `await customizers.get(…).asResponse()`: the body of this response has been read already.",
      );
    this.control.isUnread = true;
    return (await this.#result).response;
  }

  async withResponse(): Promise<{ data: Data; response: Response }> {
    if (this.control.isUnread)
      throw new ConfigurationError(
        "The body was left to the caller of `asResponse()`. Make another call to get data.",
      );
    this.#isDataWanted = true;
    return await this.#result;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- the class implements Promise
  then<Fulfilled = Data, Rejected = never>(
    onFulfilled?: ((data: Data) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.withResponse()
      .then(({ data }) => data)
      .then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Data | Rejected> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Data> {
    return this.then((data) => data).finally(onFinally);
  }
}
