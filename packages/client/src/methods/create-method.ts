import type { Operation, RequestOptions } from "@isc-customizers/types";
import { bodySource } from "../body/body-source.ts";
import { check } from "../errors/check.ts";
import { ConfigurationError } from "../errors/errors.ts";
import type { OpenapiResult } from "../openapi/openapi-call.ts";
import type { OpenapiClient } from "../openapi/openapi-client.ts";
import { type RequestLimits, requestLimits } from "../transport/request-limits.ts";
import { ApiPromise, type CallControl } from "./api-promise.ts";
import { type CallArguments, parameterLocations, sortArguments } from "./arguments.ts";
import { isCallOption } from "./call-options.ts";
import { PagePromise } from "./page-promise.ts";
import { parseAs, readBody, readData } from "./read-data.ts";

/** A method of the client. It sends the call at once. */
export type Method = (args?: CallArguments, options?: RequestOptions) => ApiPromise<unknown>;

/** Settings that the methods of a client share. */
export interface MethodContext {
  readonly client: OpenapiClient;
  readonly limits: RequestLimits;
}

/** Creates the method of an operation. */
export function createMethod(id: string, operation: Operation, { client, limits }: MethodContext): Method {
  const { pagination } = operation;
  const locations = parameterLocations(operation);

  function send(
    args: CallArguments | undefined,
    options: RequestOptions,
    control: CallControl,
  ): Promise<OpenapiResult> {
    if (args === undefined || Object(options) !== options || options instanceof AbortSignal)
      throw new ConfigurationError(`${id} takes an object of parameters, and an object of options.`);
    checkArguments(id, operation, args, options);
    const { body: _, ...parameters } = args;
    const { headers = {}, signal, onUploadProgress, checkZip = true } = options;
    return client.request({
      operation,
      operationId: id,
      params: sortArguments(id, locations, operation.body ? parameters : args),
      body:
        operation.body && "body" in args
          ? bodySource(operation.body, args["body"], {
              checkZip: checkZip && operation.body.mediaType === "application/zip",
              onUploadProgress,
            })
          : undefined,
      headers,
      limits: requestLimits(options, limits),
      isUnread: () => control.isUnread,
      readBody: async (response) => (control.isUnread ? undefined : await readBody(operation, response)),
      init: { parseAs: parseAs(operation), signal },
    });
  }

  return function method(given: CallArguments = {}, options: RequestOptions = {}): ApiPromise<unknown> {
    // A copy: the caller may change the object after the call.
    const args = Object(given) === given ? { ...given } : undefined;
    const read = (result: OpenapiResult) => readData(operation, result);
    if (pagination === undefined)
      return new ApiPromise(async (control) => await send(args, options, control), read);
    const { offset, limit, defaultLimit, maxLimit } = pagination;
    const pageLimit = Number(args?.[limit] ?? defaultLimit);
    const sendFirst = async (control: CallControl) => {
      // A chained `all({ max })` lowers the limit of the first page.
      await Promise.resolve();
      const isLower = control.max !== undefined && control.max < pageLimit;
      return await send(isLower ? { ...args, [limit]: control.max } : args, options, control);
    };
    return new PagePromise(sendFirst, read as (result: OpenapiResult) => Promise<unknown[]>, {
      operationId: id,
      offset: Number(args?.[offset] ?? 0),
      limit: pageLimit,
      maxLimit,
      at: (start, size) =>
        method({ ...args, [offset]: start, [limit]: size }, options) as ApiPromise<unknown[]>,
    });
  };
}

/** @throws ConfigurationError for arguments or options that cannot be used. */
function checkArguments(id: string, { body }: Operation, args: CallArguments, options: RequestOptions): void {
  if (body && "body" in args && args["body"] === undefined)
    throw new ConfigurationError(`${id}: \`body\` is undefined. Leave it out to send no body.`);
  const unknown = Object.keys(options).find((name) => !isCallOption(name));
  if (unknown !== undefined) throw new ConfigurationError(`${id} has no option \`${unknown}\`.`);
  const { signal, onUploadProgress } = options;
  check(
    onUploadProgress === undefined || typeof onUploadProgress === "function",
    "onUploadProgress",
    "a function",
  );
  check(signal === undefined || signal instanceof AbortSignal, "signal", "an AbortSignal");
}
