import { type Methods, type Operation, operationTable, type RequestOptions } from "@isc-customizers/types";
import { Call } from "./call.ts";
import { type CallArguments, placeParameters } from "./call-arguments.ts";
import { ConfigurationError, IscError } from "./errors.ts";
import { checkedHeaders } from "./headers.ts";
import { PageCall } from "./page-call.ts";
import { readData } from "./read-response.ts";
import { reasonOf } from "./reason.ts";
import { contentType, requestBody } from "./request-body.ts";
import type { RequestParts } from "./request-parts.ts";
import type { Transport } from "./transport.ts";

/** openapi-fetch's `request`, as the operation table calls it: the types come from the table's side. */
export type RequestFunction = (method: string, path: string, init: object) => Promise<unknown>;

/** One method for each row of the operation table. */
export function createMethods(request: RequestFunction, transport: Transport): Methods {
  const methods: Record<string, (args?: CallArguments, options?: RequestOptions) => Call<unknown>> = {};
  for (const [id, operation] of Object.entries(operationTable)) {
    methods[id] = (args = {}, options = {}) =>
      createCall({ id, operation, request, transport, options }, args);
  }
  // The table and the signatures are generated from the same spec.
  return methods as never;
}

interface Target {
  readonly id: string;
  readonly operation: Operation;
  readonly request: RequestFunction;
  readonly transport: Transport;
  readonly options: RequestOptions;
}

function createCall(target: Target, args: CallArguments): Call<unknown> {
  const { id, operation, options } = target;
  let url = "";
  const send = () => sendCall(target, args, (sentTo) => (url = sentTo));
  const read = (response: Response) =>
    readData(response, { operationId: id, operation, url, signal: options.signal });
  if (operation.pagination === undefined) return new Call(send, read);
  const { offset, limit, defaultLimit } = operation.pagination;
  const window = { offset: Number(args[offset] ?? 0), limit: Number(args[limit] ?? defaultLimit) };
  return new PageCall(
    send,
    read as (response: Response) => Promise<unknown[]>,
    window,
    (at) => createCall(target, { ...args, [offset]: at }) as Call<unknown[]>,
  );
}

async function sendCall(
  target: Target,
  args: CallArguments,
  onUrl: (url: string) => void,
): Promise<Response> {
  const { id, operation, request, transport, options } = target;
  const { body: mediaType } = operation;
  let received: Response | undefined;
  try {
    const hasBody = mediaType !== undefined && args["body"] !== undefined;
    const body = hasBody ? await requestBody(mediaType, args["body"]) : undefined;
    await request(operation.method, operation.path, {
      params: placeParameters(id, operation, args),
      headers: { ...(hasBody && contentType(mediaType)), ...checkedHeaders(options.headers) },
      body,
      bodySerializer: (serialized: unknown) => serialized,
      signal: options.signal,
      // The one way in which a stream is sent: https://fetch.spec.whatwg.org/#dom-requestinit-duplex
      ...(body instanceof ReadableStream && { duplex: "half" }),
      async fetch(parts: RequestParts): Promise<Response> {
        onUrl(parts.url);
        received = await transport(parts);
        // openapi-fetch would read the body of an error: the response goes round it.
        return new Response(null, { status: 204 });
      },
    });
  } catch (cause) {
    if (cause instanceof IscError) throw cause;
    throw new ConfigurationError(`${id}: the request cannot be made: ${reasonOf(cause)}`, { cause });
  }
  if (received === undefined) throw new Error("openapi-fetch did not send the request.");
  return received;
}
