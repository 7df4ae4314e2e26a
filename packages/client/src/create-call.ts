import { buildRequest, type OperationCall, type RequestDefaults } from "./build-request.ts";
import { Call, type Perform } from "./call.ts";
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
  const perform: Perform = async (read) => await transport(await buildRequest(call, defaults), read);
  const read = (exchange: Exchange) => readData(exchange, operation);
  if (operation.pagination === undefined) return new Call(perform, read);
  const { offset, limit, defaultLimit, maxLimit } = operation.pagination;
  return new PageCall(perform, read as (exchange: Exchange) => Promise<unknown[]>, {
    operationId: call.id,
    offset: Number(args?.[offset] ?? 0),
    limit: Number(args?.[limit] ?? defaultLimit),
    maxLimit,
    at: (start) =>
      createCall({ ...call, args: { ...args, [offset]: start } }, defaults, transport) as Call<unknown[]>,
  });
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
