import type { paths } from "@isc-customizers/types";
import createFetchClient, { type Client as FetchClient, type Middleware } from "openapi-fetch";
import type { BodySource } from "../body/body-source.ts";
import { isFormData } from "../body/form.ts";
import { ConfigurationError, IscError } from "../errors/errors.ts";
import { reasonOf } from "../errors/reason.ts";
import { toParseError } from "../errors/to-parse-error.ts";
import type { Clock } from "../runtime/clock.ts";
import type { ResponseContext, Transport } from "../transport/transport-request.ts";
import { versionedPath } from "./api-version.ts";
import { checkedHeaders, type HeaderValues } from "./headers.ts";
import { checkMiddleware, guardMiddleware, isReturnedError } from "./middleware.ts";
import type { OpenapiCall, OpenapiResult } from "./openapi-call.ts";
import { fillPath } from "./path-parameters.ts";
import { type ApiRequest, PlainRequest } from "./plain-request.ts";
import { createSerializers, type Serializers } from "./parameter-serializers.ts";
import { serverUrl } from "./server-url.ts";
import { ownRequest, toTransportRequest } from "./to-transport-request.ts";

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

/** The state of a call. */
interface CallProgress {
  /** `true`: the transport has the body, and will end its source. */
  isBodyTaken: boolean;
  /** It has no response if middleware answers in place of the server. */
  context: Omit<ResponseContext, "response"> & { readonly response?: Response };
}

/** The openapi-fetch client of a client, through which every call goes. Its `fetch` is the transport. */
export class OpenapiClient {
  readonly #options: OpenapiClientOptions;
  readonly #client: FetchClient<paths>;
  readonly #middleware: Middleware[] = [];

  constructor(options: OpenapiClientOptions) {
    this.#options = options;
    this.#client = createFetchClient<paths>({
      baseUrl: options.baseUrl,
      // Each call sets both. Without them openapi-fetch would look up the globals, and Node would load them, which takes 50 ms.
      Request: PlainRequest as never,
      fetch: (request) => globalThis.fetch(request),
    });
  }

  /** @throws ConfigurationError for anything that is not middleware. */
  use(...middleware: readonly Middleware[]): void {
    for (const each of middleware) {
      checkMiddleware(each);
      this.#middleware.push(each);
    }
  }

  eject(...middleware: readonly Middleware[]): void {
    for (const each of middleware) {
      const index = this.#middleware.indexOf(each);
      if (index !== -1) this.#middleware.splice(index, 1);
    }
  }

  /** Sends a call through openapi-fetch. Rejects with an IscError, or with the error that `onError` of a middleware returns. */
  async request(call: OpenapiCall): Promise<OpenapiResult> {
    const { operation, operationId, body, isUnread } = call;
    const serializers = createSerializers(operation);
    const url = this.#urlOf(call, serializers);
    const progress: CallProgress = {
      isBodyTaken: false,
      context: {
        request: { operationId, method: operation.method, url },
        attempts: 0,
        alreadyDeleted: false,
        redact: String,
      },
    };
    const init = this.#initOf(call, url, serializers, progress);
    const sent: Promise<{ data?: unknown; error?: unknown; response: Response }> = this.#client.request(
      operation.method.toLowerCase() as "get",
      operation.path as never,
      init as never,
    );
    try {
      const { data, error, response } = await sent;
      if (isUnread()) showBody(response);
      return { data, error, context: { ...progress.context, response } };
    } catch (cause) {
      throw await toCallError(cause, call, progress);
    } finally {
      // Middleware answered, failed, or replaced the body.
      if (!progress.isBodyTaken) body?.discard(undefined);
    }
  }

  /** Returns the options of openapi-fetch for a call. */
  #initOf(call: OpenapiCall, url: string, serializers: Serializers, progress: CallProgress): object {
    const { body, init, isUnread, limits } = call;
    const { clock, transport } = this.#options;
    const { path = {}, query, header = {}, cookie = {} } = call.params;
    const middleware = [...this.#middleware, ...(init.middleware ?? [])];
    middleware.forEach(checkMiddleware);
    if (middleware.length > 0 && typeof Request === "undefined")
      throw new ConfigurationError("Middleware needs the global `Request`, which this runtime lacks.");
    const deadline = clock.now() + limits.totalTimeout;
    const guarded = { context: () => progress.context, limits, clock, deadline, signal: init.signal };
    return {
      querySerializer: serializers.query,
      ...init,
      params: { path, query, header: checkedHeaders(serializers.headers(header, cookie)) },
      headers: this.#headersOf(call),
      pathSerializer: () => url,
      body,
      bodySerializer: ({ content }: BodySource) => content,
      [ownRequest]: true,
      Request: middleware.length > 0 ? globalThis.Request : PlainRequest,
      // The first middleware is the last to see a response.
      middleware: [hideBodyIf(isUnread), ...middleware.map((each) => guardMiddleware(each, guarded))],
      async fetch(request: ApiRequest) {
        const sending = await toTransportRequest(request, call, url, deadline);
        progress.isBodyTaken = sending.body === body;
        const received = await transport(sending);
        progress.context = received;
        return received.response;
      },
    };
  }

  /** Returns the URL without its query. */
  #urlOf({ operation: { path, server }, params }: OpenapiCall, serializers: Serializers): string {
    const { baseUrl, apiVersion } = this.#options;
    const filled = fillPath(path, params.path ?? {}, serializers.path);
    return server ? serverUrl(server, baseUrl) + filled : baseUrl + versionedPath(apiVersion, filled);
  }

  /** Returns the headers of the operation, then of the client, then of the call. */
  #headersOf({ operation, body, headers }: OpenapiCall): HeaderValues {
    const mediaType = operation.body?.mediaType;
    return {
      ...checkedHeaders(operation.headers),
      ...this.#options.headers,
      ...(body && mediaType !== undefined && { "content-type": mediaType }),
      // The runtime sets the media type of a form, with the boundary that it chose (RFC 7578, section 4.1).
      ...(isFormData(body?.content) && { "content-type": null }),
      ...checkedHeaders(headers),
    };
  }
}

/** Returns the error of a call that openapi-fetch rejects. */
async function toCallError(
  cause: unknown,
  { operationId, isUnread }: OpenapiCall,
  { context }: CallProgress,
): Promise<unknown> {
  const { response } = context;
  // The caller does not get the response.
  if (isUnread()) response?.body?.cancel().catch(() => {});
  if (cause instanceof IscError || isReturnedError(cause)) return cause;
  if (response && cause instanceof SyntaxError)
    return toParseError({ ...context, response }, "The body is not valid JSON.", await response.text());
  return new ConfigurationError(`${operationId}: the request cannot be made: ${reasonOf(cause)}`, { cause });
}

/** The ways in which openapi-fetch reads the body of a method's response. */
const readers = ["text", "blob"];

/** Middleware that hides the body of a response from openapi-fetch, which reads every body, while the caller wants it unread. */
function hideBodyIf(isUnread: () => boolean): Middleware {
  return {
    onResponse({ response }) {
      if (!isUnread()) return;
      for (const name of readers)
        Object.defineProperty(response, name, { value: async () => "", configurable: true });
    },
  };
}

function showBody(response: Response): void {
  for (const name of readers) Reflect.deleteProperty(response, name);
}
