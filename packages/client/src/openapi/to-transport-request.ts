import { isIdempotent } from "@isc-customizers/types";
import { type BodySource, rawBodySource } from "../body/body-source.ts";
import { isFormData } from "../body/form.ts";
import type { TransportRequest } from "../transport/transport-request.ts";
import type { OpenapiCall } from "./openapi-call.ts";
import { type ApiRequest, PlainRequest } from "./plain-request.ts";

/**
 * A member of the request that the client makes. openapi-fetch copies it from the options of the call, so a request that middleware
 * makes does not have it.
 */
export const ownRequest = "isOwnRequest";

/**
 * Creates the request of the transport from the one that middleware leaves.
 * @param url the URL of the call, without its query
 */
export async function toTransportRequest(
  request: ApiRequest,
  { operationId, operation, limits, readBody, body, init }: OpenapiCall,
  url: string,
  deadline: number,
): Promise<TransportRequest> {
  return {
    url: request.url,
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body: await bodyOf(request, body),
    operationId,
    idempotent: isIdempotent(operation.method) && isIdempotent(request.method),
    // The token is for the tenant alone.
    anonymous: !(request instanceof PlainRequest) && new URL(request.url).origin !== new URL(url).origin,
    limits,
    deadline,
    signal: signalOf(request, init.signal),
    readBody,
  };
}

/** Returns a signal that follows the signal of the call, also for a request that middleware made without it. */
function signalOf(request: ApiRequest, signal: AbortSignal | undefined): AbortSignal | undefined {
  if (ownRequest in request || !signal) return request.signal ?? undefined;
  return AbortSignal.any([signal, ...(request.signal ? [request.signal] : [])]);
}

/** Returns the body of the call, unless middleware has read it or made another request. */
async function bodyOf(request: ApiRequest, body: BodySource | undefined): Promise<BodySource | undefined> {
  if (request instanceof PlainRequest) return body;
  if (ownRequest in request && !request.bodyUsed && !isFormData(body?.content)) return body;
  const blob = await request.blob();
  if (blob.size > 0) return rawBodySource(blob);
  // A `Request` cannot hold a stream that is read when it is sent.
  return body?.content === undefined ? body : undefined;
}
