import type { IncomingHttpHeaders } from "node:http";
import type { Fault } from "../faults/fault.ts";
import type { BodyStream } from "./request-body.ts";

/** A request, and what becomes known of it while it is answered. */
export interface Exchange {
  readonly method: string;
  /** Percent-encoded as it came. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: BodyStream;
  /** Aborted when the connection is gone: there is nobody left to answer. */
  readonly signal: AbortSignal;
  apiVersion: string | undefined;
  operationId: string | undefined;
  fault: Fault["kind"] | undefined;
}
