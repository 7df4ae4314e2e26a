import type * as Undici from "undici";
import { ConfigurationError, type Fetch } from "../index.ts";

/**
 * A `fetch` for `createClient` that keeps to the proxies of the environment, as Node's own does not by itself: `HTTPS_PROXY`
 * for `https`, `HTTP_PROXY` for `http` and for `https` without one of its own, and none for the hosts in `NO_PROXY`; in lower
 * case these win. They are read at once, but for `NO_PROXY`. It needs the package `undici`, version 7 or 8, next to this one.
 * Its responses are undici's, which are no `instanceof Response`.
 * @throws ConfigurationError when `undici` cannot be loaded, or a proxy is no URL.
 */
export async function undiciFetch(): Promise<Fetch> {
  const undici = await import("undici").catch((cause: unknown) => {
    throw new ConfigurationError("`undici` cannot be loaded; it is to be installed too: npm install undici", {
      cause,
    });
  });
  const dispatcher = createAgent(undici);
  return async (url, init) => {
    const request = init.body instanceof FormData ? encoded(init, init.body) : init;
    // undici's types and the platform's are two families, for the same things.
    const response: object = await undici.fetch(url, { ...request, dispatcher } as never);
    return response as Response;
  };
}

function createAgent({ EnvHttpProxyAgent }: typeof Undici): object {
  try {
    return new EnvHttpProxyAgent();
  } catch {
    // The error would show the URL, and a proxy's may have a password in it.
    throw new ConfigurationError("`HTTPS_PROXY` or `HTTP_PROXY` is not the URL of a proxy.");
  }
}

/** undici takes a form of the platform's for a text: https://github.com/nodejs/undici/issues/5016 */
function encoded(init: RequestInit, form: FormData): RequestInit {
  const { body, headers: encoding } = new Response(form);
  const headers = new Headers(init.headers);
  headers.set("Content-Type", encoding.get("Content-Type") ?? "");
  return { ...init, headers, body, duplex: "half" } as RequestInit;
}
