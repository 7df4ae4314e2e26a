import type { Operation, RequestOptions } from "@isc-customizers/types";
import { createQuerySerializer, mergeHeaders } from "openapi-fetch";
import { abortError } from "./abort-error.ts";
import { abortable } from "./abortable.ts";
import { type CallArguments, placeArguments } from "./call-arguments.ts";
import { ConfigurationError, IscError } from "./errors.ts";
import { checkedHeaders } from "./headers.ts";
import { fillPath } from "./path-parameters.ts";
import { reasonOf } from "./reason.ts";
import { contentType, requestBody } from "./request-body.ts";
import { RequestParts } from "./request-parts.ts";

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
  /** The URL of a path of the API. */
  readonly urlOf: (path: string) => string;
}

const serializeQuery = createQuerySerializer<unknown>();

/**
 * The request that a call stands for.
 * @throws ConfigurationError for arguments that no request can be made of, AbortError or TimeoutError at the signal's end.
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
  const { signal } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new ConfigurationError("`signal` must be an AbortSignal; an AbortController has one.");
  }
  const { path, query, header, body: value } = placeArguments(id, operation, args);
  const search = serializeQuery(query);
  const url = defaults.urlOf(fillPath(operation.path, path) + (search && `?${search}`));
  const described = value === undefined ? undefined : operation.body;
  const typed = described && contentType(described);
  const headers = mergeHeaders(
    operation.headers,
    defaults.headers,
    typed,
    checkedHeaders(header),
    checkedHeaders(options.headers),
  );
  // Last, and not for a call that is over: a function may open a file.
  if (signal?.aborted) throw abortError(signal);
  const body = described ? await abortable(requestBody(described.kind, value), signal) : null;
  const init = {
    method: operation.method,
    headers,
    body,
    signal: signal ?? null,
    // The one way in which a stream is sent: https://fetch.spec.whatwg.org/#dom-requestinit-duplex
    ...(body instanceof ReadableStream && { duplex: "half" }),
  };
  return new RequestParts(url, init, id);
}
