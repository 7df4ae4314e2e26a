/** Creates a function that compares the start of the runtime's user agent: https://developer.mozilla.org/en-US/docs/Web/API/Navigator/userAgent */
const isUserAgent = (start: string) => () => globalThis.navigator?.userAgent?.startsWith(start) ?? false;

/**
 * Recognizes a browser. Browsers send a stream only over HTTP/2, if at all (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch),
 * or as the text "[object ReadableStream]", and do not report the progress of an upload.
 */
export const isBrowser: () => boolean = isUserAgent("Mozilla/");

/** Recognizes Cloudflare Workers: https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent */
export const isWorkerd: () => boolean = isUserAgent("Cloudflare-Workers");

/** Recognizes Deno: https://docs.deno.com/api/web/~/Navigator */
export const isDeno: () => boolean = isUserAgent("Deno/");

/** Returns `true` if `fetch` accepts the option `cache`. Workerd throws for an option that it does not know. */
export function hasRequestCache(): boolean {
  return typeof Request === "function" && "cache" in Request.prototype;
}
