import type { IncomingHttpHeaders } from "node:http";

/** What a browser asks and is told about pages of other origins: https://fetch.spec.whatwg.org/#http-cors-protocol. */
interface CrossOriginRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** Whether a browser asks if a page of another origin may send a request. It asks without a token, and has no effect. */
export function isPreflight({ method, headers }: CrossOriginRequest): boolean {
  return (
    method === "OPTIONS" &&
    headers.origin !== undefined &&
    headers["access-control-request-method"] !== undefined
  );
}

/** What lets a page of any origin send its request and read the answer; nothing where no page asks. */
export function crossOriginHeaders(request: CrossOriginRequest): Record<string, string> {
  const { headers } = request;
  if (headers.origin === undefined) return {};
  const method = headers["access-control-request-method"];
  // `*` would not cover `Authorization`, https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name.
  const names = headers["access-control-request-headers"];
  return {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    ...(isPreflight(request) && {
      ...(method !== undefined && { "Access-Control-Allow-Methods": method }),
      ...(names !== undefined && { "Access-Control-Allow-Headers": names }),
      // Asked every time, so that the same calls are the same requests whenever they are made.
      "Access-Control-Max-Age": "0",
    }),
  };
}
