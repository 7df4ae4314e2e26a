import type { Operation, RequestOptions } from "@isc-customizers/types";
import { createMethod } from "../../src/methods/create-method.ts";
import { OpenapiClient } from "../../src/openapi/openapi-client.ts";
import { systemClock } from "../../src/runtime/clock.ts";
import { defaultLimits } from "../../src/transport/request-limits.ts";
import { createTransport } from "../../src/transport/transport.ts";
import { type SeenRequest, startServer } from "./server.ts";

/** Calls an operation that the API does not have, named `test`, and returns what a server saw of the request. */
export async function sentBy(
  operation: Operation,
  args: Readonly<Record<string, unknown>>,
  {
    clientHeaders = {},
    ...options
  }: RequestOptions & { readonly clientHeaders?: Record<string, string> } = {},
): Promise<SeenRequest> {
  await using server = await startServer((_, response) => response.end());
  const client = new OpenapiClient({
    baseUrl: server.url,
    apiVersion: "v2024",
    headers: clientHeaders,
    clock: systemClock,
    transport: createTransport({ fetch, clock: systemClock, log: () => {}, maxRetryAfter: 0 }),
  });
  await createMethod("test", operation, { client, limits: defaultLimits })(args, options);
  const [seen] = server.requests;
  if (seen === undefined) throw new Error("Nothing was sent.");
  return seen;
}
