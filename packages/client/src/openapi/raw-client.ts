import { type Operation, operationTable, type paths } from "@isc-customizers/types";
import type { Client as FetchClient, Middleware } from "openapi-fetch";
import { type BodySource, bodySource, isSentUnchanged, rawBodySource } from "../body/body-source.ts";
import { ConfigurationError } from "../errors/errors.ts";
import { readErrorText } from "../errors/read-error-text.ts";
import { toCallbackError } from "../errors/to-callback-error.ts";
import type { RequestLimits } from "../transport/request-limits.ts";
import type { OpenapiCall } from "./openapi-call.ts";
import type { OpenapiClient } from "./openapi-client.ts";

/**
 * The openapi-fetch client that every call goes through: a call by its path, typed by `paths`. It has the client's token, rate limit,
 * retries and time limits. No status is an error here: look at `error`, or at `response.ok`. It rejects with an `IscError` when there is
 * no response, or when its body cannot be read as `parseAs` says. With `parseAs: "stream"` the body is unread and has no time limit.
 * The options `baseUrl`, `fetch`, `pathSerializer` and `Request` of openapi-fetch are the client's own.
 *
 * @example
 * ```ts
 * const { data, error } = await customizers.raw.GET("/connector-customizers/{id}", { params: { path: { id } } });
 * ```
 * @see https://openapi-ts.dev/openapi-fetch/api
 */
export type RawClient = FetchClient<paths>;

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;

const refused = ["baseUrl", "fetch", "pathSerializer", "Request"];

interface RawInit extends Record<string, unknown> {
  readonly params?: OpenapiCall["params"];
  readonly headers?: Headers | [string, string][] | Record<string, string>;
  readonly body?: unknown;
  readonly bodySerializer?: (body: unknown) => unknown;
  readonly parseAs?: string;
  readonly middleware?: readonly Middleware[];
}

export function createRawClient(client: OpenapiClient, limits: RequestLimits): RawClient {
  const request = (method: string, path: string, init?: RawInit) =>
    rawRequest(client, limits, String(method).toUpperCase(), path, init);
  const calls = methods.map((method) => [
    method,
    (path: string, init?: RawInit) => request(method, path, init),
  ]);
  return {
    ...Object.fromEntries(calls),
    request,
    use: (...middleware: Middleware[]) => client.use(...middleware),
    eject: (...middleware: Middleware[]) => client.eject(...middleware),
  } as never;
}

async function rawRequest(
  client: OpenapiClient,
  limits: RequestLimits,
  method: string,
  path: string,
  options: RawInit = {},
): Promise<unknown> {
  const {
    params = {},
    headers = {},
    body,
    bodySerializer,
    querySerializer,
    ...init
  } = Object(options) as RawInit;
  const { middleware = [] } = init;
  if (
    typeof path !== "string" ||
    ![options, params, headers].every((value) => Object(value) === value) ||
    !Array.isArray(middleware)
  )
    throw new ConfigurationError(
      "`raw` takes a path and an object of options, in which `params` and `headers` are objects and `middleware` is an array.",
    );
  const misplaced = refused.find((name) => name in init);
  if (misplaced !== undefined)
    throw new ConfigurationError(`\`raw\` has no option \`${misplaced}\`: the client sets it.`);
  const { data, error, context } = await client.request({
    operation: operationAt(method, path),
    operationId: "raw",
    params,
    headers: Object.fromEntries(
      headers instanceof Headers || Array.isArray(headers) ? headers : Object.entries(headers),
    ),
    body: bodyOf(body, named("bodySerializer", bodySerializer)),
    limits,
    isUnread: () => false,
    init: querySerializer ? { ...init, querySerializer: named("querySerializer", querySerializer) } : init,
    async readBody(response) {
      if (!response.ok) return await readErrorText(response);
      if (init.parseAs === "stream") return undefined;
      return typeof response.blob === "function" ? await response.blob() : await response.text();
    },
  });
  const { response } = context;
  return response.ok ? { data, response } : { error, response };
}

/** Wraps a function of the caller, so that its errors name it. Returns any other value unchanged. */
function named<T>(name: string, serializer: T): T {
  if (typeof serializer !== "function") return serializer;
  return ((...args: unknown[]) => {
    try {
      return serializer(...args) as unknown;
    } catch (cause) {
      throw toCallbackError(name, cause);
    }
  }) as T;
}

function bodyOf(body: unknown, serialize: RawInit["bodySerializer"]): BodySource | undefined {
  if (body === undefined) return undefined;
  if (serialize) return rawBodySource(serialize(body));
  return isSentUnchanged(body)
    ? rawBodySource(body)
    : bodySource({ kind: "json" }, body, { checkZip: false });
}

/** Returns the operation at a path, so that its parameters and body are sent as those of a method. */
function operationAt(method: string, path: string): OpenapiCall["operation"] {
  const known = Object.values(operationTable).find((row) => row.method === method && row.path === path);
  return known ?? { method: method as Operation["method"], path };
}
