/** A request that openapi-fetch makes: a `Request` for middleware, else one that is faster to make. */
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
