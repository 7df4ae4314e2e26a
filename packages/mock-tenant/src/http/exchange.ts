import type { IncomingHttpHeaders } from "node:http";
import type { Fault } from "../faults/fault.ts";
import type { BodyStream } from "./request-body.ts";

/** A request, with its API version, operation and fault once they are known. */
export interface Exchange {
  readonly method: string;
  /** Percent-encoded as received. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: BodyStream;
  /** Aborted when the connection is gone. */
  readonly signal: AbortSignal;
  apiVersion: string | undefined;
  operationId: string | undefined;
  fault: Fault["kind"] | undefined;
}
