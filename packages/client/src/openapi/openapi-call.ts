import type { Operation } from "@isc-customizers/types";
import type { Middleware } from "openapi-fetch";
import type { BodySource } from "../body/body-source.ts";
import type { ResponseContext, TransportRequest } from "../transport/transport-request.ts";
import type { HeaderValues } from "./headers.ts";
import type { ParameterValues } from "./parameter-serializers.ts";

/** Options of one call, for openapi-fetch and for the transport. */
export interface OpenapiCall extends Pick<TransportRequest, "operationId" | "limits" | "readBody"> {
  readonly operation: Pick<Operation, "method" | "path" | "server" | "headers" | "body" | "parameters">;
  /** Parameters by their location and their names in the API. */
  readonly params: { readonly [Location in "path" | "query" | "header" | "cookie"]?: ParameterValues };
  readonly body: BodySource | undefined;
  readonly headers: HeaderValues;
  /** Returns `true` if the caller reads the body of the response. Called when the response has arrived. */
  readonly isUnread: () => boolean;
  /** Options of openapi-fetch and `fetch`, such as `parseAs` and `signal`. */
  readonly init: Readonly<Record<string, unknown>> & {
    readonly middleware?: readonly Middleware[];
    readonly signal?: AbortSignal | undefined;
  };
}

/** The result of openapi-fetch, and how the response came about. */
export interface OpenapiResult {
  readonly data?: unknown;
  readonly error?: unknown;
  /** Its response is the one that middleware leaves. */
  readonly context: ResponseContext;
}
