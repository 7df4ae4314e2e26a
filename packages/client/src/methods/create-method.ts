import type { Operation, RequestOptions } from "@isc-customizers/types";
import { type BuildRequest, requestBuilder, type RequestDefaults } from "../openapi/build-request.ts";
import { Call, type Perform } from "./api-promise.ts";
import type { CallArguments } from "./arguments.ts";
import { PageCall } from "./page-promise.ts";
import { readData } from "./read-data.ts";
import type { Exchange, Transport } from "../transport/transport.ts";

/** A method of the client: its call is sent when its outcome is asked for. */
export type Method = (args?: CallArguments, options?: RequestOptions) => Call<unknown>;

/** The method of an operation. */
export function createMethod(
  id: string,
  operation: Operation,
  defaults: RequestDefaults,
  transport: Transport,
): Method {
  const { pagination } = operation;
  const read = (exchange: Exchange) => readData(exchange, operation);
  /** Made by the first call: a client may have many methods, and a program use few. */
  let build: BuildRequest | undefined;
  return function method(given: CallArguments = {}, options: RequestOptions = {}): Call<unknown> {
    // What the caller does to the arguments afterwards is no longer this call's.
    const args = typeof given === "object" && given !== null ? { ...given } : undefined;
    const perform: Perform = async (use) => {
      build ??= requestBuilder(id, operation, defaults);
      return await transport(await build(args, options), use);
    };
    if (pagination === undefined) return new Call(perform, read);
    const { offset, limit, defaultLimit, maxLimit } = pagination;
    return new PageCall(perform, read as (exchange: Exchange) => Promise<unknown[]>, {
      operationId: id,
      offset: Number(args?.[offset] ?? 0),
      limit: Number(args?.[limit] ?? defaultLimit),
      maxLimit,
      at: (start) => method({ ...args, [offset]: start }, options) as Call<unknown[]>,
    });
  };
}
