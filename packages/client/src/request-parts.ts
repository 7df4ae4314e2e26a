/**
 * Stands in for the platform's `Request` inside openapi-fetch. A `Request` is slow to make, and its body can be sent once
 * only; a URL and an init can be sent again.
 * https://openapi-ts.dev/openapi-fetch/api#create-client
 */
export class RequestParts {
  readonly url: string;
  readonly init: RequestInit;
  readonly method: string;

  constructor(url: string, init: RequestInit) {
    this.url = url;
    this.init = init;
    this.method = init.method ?? "GET";
  }
}
