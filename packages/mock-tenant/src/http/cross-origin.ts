import type { IncomingHttpHeaders } from "node:http";

/** Parts of a request that the CORS protocol reads: https://fetch.spec.whatwg.org/#http-cors-protocol. */
interface CrossOriginRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** Detects a CORS preflight. A browser sends it without a token, and it runs no operation. */
export function isPreflight({ method, headers }: CrossOriginRequest): boolean {
  return (
    method === "OPTIONS" &&
    headers.origin !== undefined &&
    headers["access-control-request-method"] !== undefined
  );
}

/** Headers that let a page of any origin send its request and read the response; empty without an `Origin`. */
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
      // Never cached, so that the same calls always send the same requests.
      "Access-Control-Max-Age": "0",
    }),
  };
}
