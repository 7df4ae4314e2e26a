import type { ApiPromise } from "@isc-customizers/types";
import { ConfigurationError } from "../errors/errors.ts";
import type { Exchange, Outcome } from "../transport/transport.ts";

/** Sends the request of a call, and reads the response. */
export type Perform = <Data>(read: (exchange: Exchange) => Data | Promise<Data>) => Promise<Outcome<Data>>;

/** A call that is sent when its outcome is first asked for, and once only. */
export class Call<Data> implements ApiPromise<Data> {
  readonly [Symbol.toStringTag] = "ApiPromise";
  readonly #perform: Perform;
  readonly #read: (exchange: Exchange) => Promise<Data>;
  #response: Promise<Response> | undefined;
  #outcome: Promise<Outcome<Data>> | undefined;

  constructor(perform: Perform, read: (exchange: Exchange) => Promise<Data>) {
    this.#perform = perform;
    this.#read = read;
  }

  asResponse(): Promise<Response> {
    if (this.#outcome !== undefined) return Promise.reject(bodyTaken("its data has been asked for"));
    this.#response ??= this.#perform(() => {}).then(({ response }) => response);
    return this.#response;
  }

  withResponse(): Promise<{ data: Data; response: Response }> {
    if (this.#outcome === undefined) {
      if (this.#response !== undefined) return Promise.reject(bodyTaken("`asResponse` gave its body away"));
      this.#outcome = this.#perform(this.#read);
    }
    return this.#outcome;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a promise that is sent on demand has to be one
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

function bodyTaken(why: string): ConfigurationError {
  return new ConfigurationError(`A response can be read once only, and ${why}. Make another call.`);
}
