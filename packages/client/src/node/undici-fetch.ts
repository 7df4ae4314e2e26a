import type * as Undici from "undici";
import { ConfigurationError, type Fetch } from "../index.ts";

/** A dispatcher of undici 7 or 8, such as `Agent` or `ProxyAgent`. */
export interface UndiciDispatcher {
  // The types of the two versions differ. Each has this method.
  dispatch(options: never, handler: never): boolean;
}

/** Options of `undiciFetch`. */
export interface UndiciFetchOptions {
  /**
   * Dispatcher that sends the requests: for a proxy, a certificate authority or client certificate of your own, or limits of the
   * connections. Create it with the same installation of undici that your project has. Close it yourself.
   * @default `new EnvHttpProxyAgent()`, which uses the proxies of the environment
   */
  readonly dispatcher?: UndiciDispatcher | undefined;
}

/**
 * Creates a `fetch` for `createClient` from the package `undici`, version 7 or 8, which must be installed. Unlike Node's own `fetch`, it
 * uses the proxies of the environment by default: `HTTPS_PROXY` for `https` URLs, `HTTP_PROXY` for `http` URLs and for `https` URLs
 * without `HTTPS_PROXY`, and no proxy for the hosts in `NO_PROXY`. A name in lower case takes precedence. Its responses are undici's:
 * they are not `instanceof Response`.
 *
 * @throws ConfigurationError when `undici` cannot be loaded, the dispatcher is not one, or a proxy of the environment is not a URL
 * @example Use the proxies of the environment
 * ```ts
 * const customizers = clientFromEnvironment({ fetch: await undiciFetch() });
 * ```
 * @example Trust your own certificate authority, and send a client certificate
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { Agent } from "undici";
 *
 * const [ca, cert, key] = ["ca.pem", "cert.pem", "key.pem"].map((path) => readFileSync(path));
 * const dispatcher = new Agent({ connect: { ca, cert, key } });
 * const customizers = clientFromEnvironment({ fetch: await undiciFetch({ dispatcher }) });
 * ```
 */
export async function undiciFetch(options: UndiciFetchOptions = {}): Promise<Fetch> {
  // Otherwise Next.js does not build an application without undici. Other bundlers see the `catch`.
  const undici = await import(/* turbopackOptional: true */ "undici").catch((cause: unknown) => {
    throw new ConfigurationError(
      "The package `undici` cannot be loaded. Install version 7 or 8: npm install undici",
      { cause },
    );
  });
  const { dispatcher = createProxyAgent(undici) } = options;
  if (typeof (dispatcher as Partial<UndiciDispatcher> | null)?.dispatch !== "function") {
    throw new ConfigurationError(
      "`dispatcher` must be a dispatcher of undici, such as `new ProxyAgent(url)`.",
    );
  }
  return async (url, init) => {
    const request = init.body instanceof FormData ? encodeForm(init, init.body) : init;
    // undici has types of its own for the requests and responses of the runtime.
    const response: object = await undici.fetch(url, { ...request, dispatcher } as never);
    return response as Response;
  };
}

function createProxyAgent({ EnvHttpProxyAgent }: typeof Undici): UndiciDispatcher {
  try {
    return new EnvHttpProxyAgent();
  } catch {
    // The error of undici contains the URL, and the URL may contain a password.
    throw new ConfigurationError(
      "`HTTPS_PROXY` or `HTTP_PROXY` is not the URL of an HTTP proxy, such as http://proxy.example:8080.",
    );
  }
}

/** undici sends the runtime's FormData as the text "[object FormData]": https://github.com/nodejs/undici/issues/5016 */
function encodeForm(init: RequestInit, form: FormData): RequestInit {
  const { body, headers: encoding } = new Response(form);
  const headers = new Headers(init.headers);
  headers.set("Content-Type", encoding.get("Content-Type") ?? "");
  return { ...init, headers, body, duplex: "half" } as RequestInit;
}
