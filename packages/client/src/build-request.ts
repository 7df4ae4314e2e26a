import type { Operation, RequestBody, RequestOptions } from "@isc-customizers/types";
import { type CallArguments, placeArguments } from "./call-arguments.ts";
import { ConfigurationError, IscError } from "./errors.ts";
import { checkedHeaders } from "./headers.ts";
import { fillPath } from "./path-parameters.ts";
import { reasonOf } from "./reason.ts";
import type { RequestLimits, RequestParts } from "./request-parts.ts";
import { isIdempotent } from "./retry-policy.ts";
import { requestLimits } from "./request-limits.ts";

/** One call of an operation. */
export interface OperationCall {
  readonly id: string;
  readonly operation: Operation;
  readonly args: CallArguments;
  readonly options: RequestOptions;
}

/** What every request of a client has in common. */
export interface RequestDefaults {
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: RequestLimits;
  /** The tenant's URL. */
  readonly baseUrl: string;
  /** The URL of a path of the API. */
  readonly urlOf: (path: string) => string;
}

/**
 * The request that a call stands for.
 * @throws ConfigurationError for arguments that no request can be made of.
 */
export async function buildRequest(call: OperationCall, defaults: RequestDefaults): Promise<RequestParts> {
  try {
    return await build(call, defaults);
  } catch (cause) {
    if (cause instanceof IscError) throw cause;
    throw new ConfigurationError(`${call.id}: the request cannot be made: ${reasonOf(cause)}`, { cause });
  }
}

async function build(
  { id, operation, args, options }: OperationCall,
  defaults: RequestDefaults,
): Promise<RequestParts> {
  const { signal, onUploadProgress, checkZip = true } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new ConfigurationError("`signal` must be an AbortSignal; an AbortController has one.");
  }
  const { placed, others } = placeArguments(id, operation, args);
  for (const [parameter, value] of others)
    (await import("./placed-parameters.ts")).placeParameter(placed, parameter, value);
  const { path, segments, query, header, cookie, body } = placed;
  const target = fillPath(operation.path, path, segments) + (query.length === 0 ? "" : `?${query.join("&")}`);
  const sent = body === undefined ? undefined : operation.body;
  const isZip = sent?.mediaType === "application/zip";
  return {
    url: operation.server
      ? (await import("./server-url.ts")).serverUrl(operation.server, defaults.baseUrl) + target
      : defaults.urlOf(target),
    method: operation.method,
    headers: mergedHeaders(
      operation.headers,
      defaults.headers,
      sent && contentType(sent),
      checkedHeaders(header),
      cookie.length === 0 ? undefined : { Cookie: cookie.join("; ") },
      checkedHeaders(options.headers),
    ),
    idempotent: isIdempotent(operation.method),
    body:
      sent &&
      (await import("./request-body.ts")).bodySource(sent.kind, body, {
        checkZip: checkZip && isZip,
        onUploadProgress,
      }),
    operationId: id,
    options: {
      ...requestLimits(options, defaults.limits),
      signal,
    },
  };
}

/** The platform writes the media type of a form itself, with the boundary that it chose (RFC 7578, section 4.1). */
function contentType({ mediaType, kind }: RequestBody): Record<string, string> {
  return kind === "multipart" ? {} : { "Content-Type": mediaType };
}

/** By name in lower case; the later win. */
function mergedHeaders(
  ...all: readonly (Readonly<Record<string, string>> | undefined)[]
): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const headers of all) {
    for (const [name, value] of Object.entries(headers ?? {})) merged[name.toLowerCase()] = value;
  }
  return merged;
}
