import type { BodySource } from "../body/body-source.ts";
import type { Redact } from "../errors/redact.ts";
import type { RequestLimits } from "../transport/request-parts.ts";
import { createTransport as createOldTransport, type TransportContext } from "../transport/transport.ts";

/*
 * TODO: remove this file, and import `Transport` and `createTransport` from `../transport/transport.ts` once they look like this.
 */

export type Transport = (request: TransportRequest) => Promise<ResponseContext>;

export interface TransportRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodySource | undefined;
  readonly operationId: string;
  readonly idempotent: boolean;
  readonly limits: RequestLimits;
  readonly signal: AbortSignal | undefined;
  readonly readBody: (response: Response) => Promise<string | Blob | undefined>;
}

export interface ResponseContext {
  readonly response: Response;
  readonly redact: Redact;
}

export function createTransport(context: TransportContext): Transport {
  const transport = createOldTransport({
    ...context,
    fetch: (url, init) => context.fetch(url, { ...init, cache: "no-store" }),
  });
  return async (request) => {
    const parts = { ...request, options: { ...request.limits, signal: request.signal } };
    const { data } = await transport(parts, async ({ response, redact }) => {
      const { ok, status, headers } = response;
      const text = await request.readBody(response);
      return { response: { ok, status, headers, text: () => Promise.resolve(text) } as Response, redact };
    });
    return data;
  };
}
