/** A request that openapi-fetch creates: a `Request` for middleware, otherwise a `PlainRequest`, which is faster to create. */
export type ApiRequest = PlainRequest | Request;

/** The parts of a `Request` that openapi-fetch and the transport need. */
export class PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly signal: AbortSignal | null | undefined;

  constructor(
    url: string,
    { method, headers, signal }: { method: string; headers: Headers; signal?: AbortSignal },
  ) {
    this.url = url;
    this.method = method;
    this.headers = headers;
    this.signal = signal;
  }
}
