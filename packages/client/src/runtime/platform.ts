/**
 * Whether it is a browser. Browsers send a stream over HTTP/2 alone, if at all (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch),
 * or as the text "[object ReadableStream]", and do not tell how far a body is.
 */
export function isBrowser(): boolean {
  return userAgent().startsWith("Mozilla/");
}

/** https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent */
export function isWorkerd(): boolean {
  return userAgent() === "Cloudflare-Workers";
}

function userAgent(): string {
  return globalThis.navigator?.userAgent ?? "";
}
