import type { Operation, paths } from "@isc-customizers/types";
import createFetchClient, { type Client as FetchClient, type Middleware } from "openapi-fetch";
import { type BodySource, rawBodySource } from "../body/body-source.ts";
import { ConfigurationError, IscError } from "../errors/errors.ts";
import { labelOf, reasonOf } from "../errors/message.ts";
import { toParseError } from "../errors/to-parse-error.ts";
import { abortable } from "../runtime/abort.ts";
import type { Clock } from "../runtime/clock.ts";
import { isIdempotent } from "../transport/retry-policy.ts";
import { timeLimit } from "../transport/time-limit.ts";
import type { ResponseContext, Transport, TransportRequest } from "../transport/transport-request.ts";
import { versionedPath } from "./api-version.ts";
import { checkedHeaders, type HeaderValues } from "./headers.ts";
import { type GuardedCall, guardMiddleware, isReturnedError } from "./middleware.ts";
import { type ApiRequest, PlainRequest } from "./plain-request.ts";
import { fillPath } from "./path-parameters.ts";
import { createSerializers, type ParameterValues, type Serializers } from "./serializers.ts";
import { serverUrl } from "./server-url.ts";

/** Settings that all calls of a client share. */
export interface OpenapiClientOptions {
  /** The tenant's URL, without an API version. */
  readonly baseUrl: string;
  readonly apiVersion: string;
  /** Headers of every request, by name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly transport: Transport;
  readonly clock: Clock;
}

/** Options of one call, for openapi-fetch and for the transport. */
export interface OpenapiCall extends Pick<TransportRequest, "operationId" | "limits" | "readBody"> {
  readonly operation: Pick<Operation, "method" | "path" | "server" | "headers" | "body" | "parameters">;
  /** Parameters by their place and their names in the API. */
  readonly params: { readonly [Place in "path" | "query" | "header" | "cookie"]?: ParameterValues };
  readonly body: BodySource | undefined;
  readonly headers: HeaderValues;
  /** Returns `true` if the caller reads the body of the response. Called when the response has arrived. */
  readonly isUnread: () => boolean;
  /** Options of openapi-fetch and `fetch`, such as `parseAs` and `signal`. */
  readonly init: Readonly<Record<string, unknown>> & {
    readonly middleware?: readonly Middleware[];
    readonly signal?: AbortSignal | undefined;
  };
}

/** The result of openapi-fetch, and how the response came about. */
export interface OpenapiResult {
  readonly data?: unknown;
  readonly error?: unknown;
  /** With the response as middleware leaves it. */
  readonly context: ResponseContext;
}

/** The openapi-fetch client of a client, through which every call goes. Its `fetch` is the transport. */
export class OpenapiClient {
  readonly #options: OpenapiClientOptions;
  readonly #client: FetchClient<paths>;
  #middleware: { readonly given: Middleware; readonly guarded: Middleware }[] = [];
  readonly #serializers = new WeakMap<object, Serializers>();
  /** By the parameters of a call. */
  readonly #calls = new WeakMap<object, GuardedCall & Pick<OpenapiCall, "isUnread">>();
  readonly #guard = (middleware: Middleware): Middleware =>
    guardMiddleware(middleware, (params) => this.#calls.get(params));

  constructor(options: OpenapiClientOptions) {
    this.#options = options;
    this.#client = createFetchClient<paths>({
      baseUrl: options.baseUrl,
      // Each call has its own of these. Without them openapi-fetch would look up the globals, which loads them in Node and takes 50 ms.
      Request: PlainRequest as never,
      fetch: (request) => globalThis.fetch(request),
    });
    // openapi-fetch reads every body. The first middleware is the last to see a response: it hides the body of one that the caller
    // wants unread.
    this.#client.use({
      onResponse: ({ response, params }) => {
        if (this.#calls.get(params)?.isUnread())
          for (const name of readers) Object.defineProperty(response, name, hidden);
      },
    });
  }

  /** @throws ConfigurationError for anything that is not middleware. */
  use(...middleware: readonly Middleware[]): void {
    for (const given of middleware) {
      const guarded = this.#guard(given);
      this.#middleware.push({ given, guarded });
      this.#client.use(guarded);
    }
  }

  eject(...middleware: readonly Middleware[]): void {
    for (const each of middleware) {
      const found = this.#middleware.find(({ given }) => given === each);
      if (found) this.#client.eject(found.guarded);
      this.#middleware = this.#middleware.filter((one) => one !== found);
    }
  }

  /** Sends a call through openapi-fetch. Rejects with an IscError, or with the error that `onError` of a middleware returns. */
  async request(call: OpenapiCall): Promise<OpenapiResult> {
    const { operation, body, init, isUnread } = call;
    const serializers = this.#serializersOf(operation);
    const url = this.#urlOf(call, serializers);
    const { path = {}, query, header = {}, cookie = {} } = call.params;
    const params = { path, query, header: checkedHeaders(serializers.headers(header, cookie)) };
    const middleware = (init.middleware ?? []).map(this.#guard);
    const hasMiddleware = this.#middleware.length + middleware.length > 0;
    if (hasMiddleware && typeof Request === "undefined")
      throw new ConfigurationError("Middleware needs the global `Request`, which this runtime lacks.");
    const { clock } = this.#options;
    const deadline = clock.now() + call.limits.totalTimeout;
    this.#calls.set(params, {
      isUnread,
      redact: (text) => context.redact(text),
      async limit(result) {
        const limit = timeLimit(clock, call.init.signal);
        limit.set(
          deadline - clock.now(),
          () =>
            `${labelOf(context.request)} took longer than ${call.limits.totalTimeout} ms in all: it was waiting for middleware.`,
        );
        return await abortable(result, limit.signal).finally(limit.lift);
      },
    });
    let isBodyTaken = false;
    // Stays as it is where middleware answers in place of the server.
    let context: Omit<ResponseContext, "response"> & { readonly response?: Response } = {
      request: { operationId: call.operationId, method: operation.method, url },
      attempts: 0,
      alreadyDeleted: false,
      redact: String,
    };
    const sent: Promise<{ data?: unknown; error?: unknown; response: Response }> = this.#client.request(
      operation.method.toLowerCase() as "get",
      operation.path as never,
      {
        querySerializer: serializers.query,
        ...init,
        params,
        headers: this.#headersOf(call),
        pathSerializer: () => url,
        body,
        bodySerializer: ({ content }: BodySource) => content,
        // openapi-fetch copies this to the request that it makes: one that middleware puts in its place does not have it.
        [ownBody]: true,
        Request: hasMiddleware ? globalThis.Request : PlainRequest,
        middleware,
        fetch: async (request: ApiRequest) => {
          const sending = await toTransportRequest(request, call, url, deadline);
          isBodyTaken = sending.body === body;
          const received = await this.#options.transport(sending);
          context = received;
          return received.response;
        },
      } as never,
    );
    try {
      const { data, error, response } = await sent;
      if (isUnread()) for (const name of readers) Reflect.deleteProperty(response, name);
      return { data, error, context: { ...context, response } };
    } catch (cause) {
      // Nobody gets the response.
      if (isUnread()) context.response?.body?.cancel().catch(() => {});
      if (cause instanceof IscError || isReturnedError(cause)) throw cause;
      const { response } = context;
      if (response && cause instanceof SyntaxError)
        throw toParseError({ ...context, response }, "The body is not valid JSON.", await response.text());
      throw new ConfigurationError(`${call.operationId}: the request cannot be made: ${reasonOf(cause)}`, {
        cause,
      });
    } finally {
      // Middleware answered, failed, or put another body in its place.
      if (!isBodyTaken) body?.discard(undefined);
    }
  }

  #serializersOf(operation: OpenapiCall["operation"]): Serializers {
    let serializers = this.#serializers.get(operation);
    if (serializers === undefined)
      this.#serializers.set(operation, (serializers = createSerializers(operation)));
    return serializers;
  }

  /** The URL without its query. */
  #urlOf({ operation: { path, server }, params }: OpenapiCall, serializers: Serializers): string {
    const { baseUrl, apiVersion } = this.#options;
    const filled = fillPath(path, params.path ?? {}, serializers.path);
    return server ? serverUrl(server, baseUrl) + filled : baseUrl + versionedPath(apiVersion, filled);
  }

  /** Headers of the operation, then of the client, then of the call. */
  #headersOf({ operation, body, headers }: OpenapiCall): HeaderValues {
    const mediaType = operation.body?.mediaType;
    return {
      ...checkedHeaders(operation.headers),
      ...this.#options.headers,
      ...(body && mediaType !== undefined && { "content-type": mediaType }),
      // The runtime sets the media type of a form, with the boundary that it chose (RFC 7578, section 4.1).
      ...(isMultipart(body) && { "content-type": null }),
      ...checkedHeaders(headers),
    };
  }
}

const ownBody = "hasOwnBody";

/** The ways in which openapi-fetch reads the body of a method's response. */
const readers = ["text", "blob"];

const hidden: PropertyDescriptor = { value: async () => "", configurable: true };

function isMultipart(body: BodySource | undefined): boolean {
  return Object.prototype.toString.call(body?.content) === "[object FormData]";
}

/** The request as middleware leaves it. */
async function toTransportRequest(
  request: ApiRequest,
  { operationId, operation, limits, readBody, body, init }: OpenapiCall,
  url: string,
  deadline: number,
): Promise<TransportRequest> {
  return {
    url: request.url,
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body: await bodyOf(request, body),
    operationId,
    idempotent: isIdempotent(operation.method) && isIdempotent(request.method),
    // The token is for the tenant alone.
    anonymous: !(request instanceof PlainRequest) && new URL(request.url).origin !== new URL(url).origin,
    limits,
    deadline,
    signal: signalOf(request, init.signal),
    readBody,
  };
}

/** Ends with the signal of the call, also for a request that middleware made without it. */
function signalOf(request: ApiRequest, signal: AbortSignal | undefined): AbortSignal | undefined {
  if (ownBody in request || request instanceof PlainRequest || !signal) return request.signal ?? undefined;
  return AbortSignal.any([signal, ...(request.signal ? [request.signal] : [])]);
}

/** The body of the call, unless middleware has read it or put another request in place of the call's. */
async function bodyOf(request: ApiRequest, body: BodySource | undefined): Promise<BodySource | undefined> {
  if (request instanceof PlainRequest) return body;
  if (ownBody in request && !request.bodyUsed && !isMultipart(body)) return body;
  const blob = await request.blob();
  if (blob.size > 0) return rawBodySource(blob);
  // A `Request` cannot hold a stream that is read when it is sent.
  return body?.content === undefined ? body : undefined;
}
