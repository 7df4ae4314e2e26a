/**
 * Recognizes a browser. Browsers send a stream only over HTTP/2, if at all (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch),
 * or as the text "[object ReadableStream]", and do not report the progress of an upload.
 */
export function isBrowser(): boolean {
  return userAgent().startsWith("Mozilla/");
}

/** Recognizes Cloudflare Workers: https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent */
export function isWorkerd(): boolean {
  return userAgent() === "Cloudflare-Workers";
}

/** Recognizes Deno: https://docs.deno.com/api/web/~/Navigator */
export function isDeno(): boolean {
  return userAgent().startsWith("Deno/");
}

/** Says that `fetch` accepts the option `cache`. Workerd throws for an option that it does not know. */
export function hasRequestCache(): boolean {
  return typeof Request === "function" && "cache" in Request.prototype;
}

function userAgent(): string {
  return globalThis.navigator?.userAgent ?? "";
}
