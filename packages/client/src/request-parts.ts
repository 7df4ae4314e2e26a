/**
 * A request, before it is sent. It stands in for the platform's `Request`, inside openapi-fetch too: a `Request` is slow to
 * make, and its body can be sent once only, while a URL and an init can be sent again.
 * https://openapi-ts.dev/openapi-fetch/api#create-client
 */
export class RequestParts {
  readonly url: string;
  readonly init: RequestInit;
  readonly method: string;
  /** The operation that it is for; `raw` where it is known by its path alone. */
  readonly operationId: string;

  constructor(url: string, init: RequestInit, operationId = "raw") {
    this.url = url;
    this.init = init;
    this.method = init.method ?? "GET";
    this.operationId = operationId;
  }

  /** What an error says of the request: it has no query, which may be long. */
  get label(): string {
    return `${this.operationId}: ${this.method} ${new URL(this.url).pathname}`;
  }
}
