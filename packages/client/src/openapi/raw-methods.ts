import type { paths } from "@isc-customizers/types";
import createOpenapiFetch from "openapi-fetch";
import type { RequestDefaults } from "./build-request.ts";
import { toConfigurationError } from "../errors/wrap-error.ts";
import { ConfigurationError, IscError, type ResponseParseError } from "../errors/errors.ts";
import { checkedHeaders } from "./headers.ts";
import { fillPath, pathTemplate } from "./path-parameters.ts";
import { type RawClient, rawMethodNames } from "./raw-client.ts";
import { bodyOrNothing, parseError } from "../methods/read-data.ts";
import { isSentAsItIs, rawBodySource } from "../body/body-source.ts";
import type { RequestParts } from "../transport/request-parts.ts";
import { isIdempotent } from "../transport/retry-policy.ts";
import type { Exchange, Transport } from "../transport/transport.ts";

const refused = ["baseUrl", "fetch", "middleware", "pathSerializer", "Request"];

/** The methods of `raw`. A program that makes no call by path need not load this, nor openapi-fetch. */
export function createRawMethods(
  { headers, limits, urlOf }: RequestDefaults,
  transport: Transport,
): RawClient {
  /** What openapi-fetch makes in place of a `Request`, of which it needs no more than this. */
  class ApiRequest {
    readonly parts: RequestParts;
    readonly method: string;

    constructor(path: string, init: RequestInit) {
      const { method = "GET", headers: own, body, signal } = init;
      this.method = method;
      this.parts = {
        url: urlOf(path),
        method,
        headers: Object.fromEntries(new Headers(own)),
        idempotent: isIdempotent(method),
        body: body ? rawBodySource(body) : undefined,
        operationId: "raw",
        options: { ...limits, signal: signal ?? undefined },
      };
    }
  }
  const send: Send = async ({ parts }: ApiRequest, read) => (await transport(parts, read)).data;
  const client = createOpenapiFetch<paths>({
    headers,
    pathSerializer: (path, values) => fillPath(pathTemplate(path), values),
    bodySerializer: (body) => (isSentAsItIs(body) ? body : JSON.stringify(body)),
    Request: ApiRequest as never,
  });
  // openapi-fetch types a call by its path, which stays as it is.
  const guarded = rawMethodNames.map((name) => [name, guard(client[name] as RawMethod, send)] as const);
  return Object.fromEntries(guarded) as never;
}

type RawMethod = (...args: unknown[]) => Promise<unknown>;

type Read = (exchange: Exchange) => Promise<Response>;

type Send = (request: never, read: Read) => Promise<Response>;

interface RawInit {
  readonly parseAs?: unknown;
  readonly params?: { readonly path?: object; readonly header?: object };
  readonly headers?: object;
  readonly body?: unknown;
}

/** A method of openapi-fetch that is kept to what the transport can do. Its last argument is the init. */
function guard(method: RawMethod, send: Send): RawMethod {
  return async (...args) => {
    const last = args.at(-1);
    const init: RawInit = typeof last === "object" && last !== null ? last : {};
    const path = typeof last === "object" ? args.slice(0, -1) : args;
    const misfit = refused.find((name) => name in init);
    if (misfit !== undefined)
      throw new ConfigurationError(`raw takes no \`${misfit}\`; it is the client's own.`);
    const headers = rawHeaders(init.headers);
    let unreadable: (() => ResponseParseError) | undefined;
    const read = async (exchange: Exchange): Promise<Response> => {
      const { response } = exchange;
      // The platform makes no response with another status.
      const isOdd = response.status < 200 || response.status > 599;
      const asItIs = response.body === null || isOdd || init.parseAs === "stream";
      const bytes = asItIs
        ? undefined
        : await bodyOrNothing(exchange, response.arrayBuffer(), new ArrayBuffer());
      unreadable = () => parseError(exchange, "cannot be read", new TextDecoder().decode(bytes));
      if (bytes === undefined) return response;
      const whole = new Response(bytes.byteLength === 0 ? null : bytes, response);
      return Object.defineProperty(whole, "url", { value: response.url });
    };
    try {
      return await method(...path, {
        ...init,
        headers,
        // openapi-fetch fills a path only where there is something to fill it with.
        params: {
          ...init.params,
          path: { ...init.params?.path },
          header: rawHeaders(init.params?.header),
        },
        fetch: (request: never) => send(request, read),
      });
    } catch (cause) {
      if (unreadable && !(cause instanceof IscError)) throw unreadable();
      throw toConfigurationError("raw: the request cannot be made", cause);
    }
  };
}

/**
 * The headers as an object: openapi-fetch misreads a list of pairs. Nothing in place of a value takes a header away, so it is
 * no value to check.
 * @throws ConfigurationError for a header that cannot be sent.
 */
function rawHeaders(headers: object = {}): Record<string, unknown> {
  const entries: [string, unknown][] =
    Symbol.iterator in headers ? [...(headers as Headers)] : Object.entries(headers);
  const present = entries.filter(([, value]) => value !== null && value !== undefined);
  checkedHeaders(Object.fromEntries(present.map(([name, value]) => [name, `${value as string}`])));
  return Object.fromEntries(entries);
}
