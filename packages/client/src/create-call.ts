import { buildRequest, type OperationCall, type RequestDefaults } from "./build-request.ts";
import { Call } from "./call.ts";
import { PageCall } from "./page-call.ts";
import { readData } from "./read-response.ts";
import type { Exchange, Transport } from "./transport.ts";

/** The call, which is sent when its outcome is asked for. */
export function createCall(
  given: OperationCall,
  defaults: RequestDefaults,
  transport: Transport,
): Call<unknown> {
  // What the caller does to the arguments afterwards is no longer this call's.
  const args = isObject(given.args) ? { ...given.args } : given.args;
  const call = { ...given, args };
  const { operation } = call;
  const send = () => sendCall(call, defaults, transport);
  const read = (exchange: Exchange) => readData(exchange, operation);
  if (operation.pagination === undefined) return new Call(send, read);
  const { offset, limit, defaultLimit, maxLimit } = operation.pagination;
  return new PageCall(send, read as (exchange: Exchange) => Promise<unknown[]>, {
    offset: Number(args?.[offset] ?? 0),
    limit: Number(args?.[limit] ?? defaultLimit),
    maxLimit,
    at: (start) =>
      createCall({ ...call, args: { ...args, [offset]: start } }, defaults, transport) as Call<unknown[]>,
  });
}

async function sendCall(
  call: OperationCall,
  defaults: RequestDefaults,
  transport: Transport,
): Promise<Exchange> {
  const request = await buildRequest(call, defaults);
  try {
    return await transport(request);
  } catch (error) {
    // A stream that was not read through holds on to its source: a file, a connection.
    const { body } = request.init;
    if (body instanceof ReadableStream && !body.locked) body.cancel(error).catch(() => {});
    throw error;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
