import type { Reply } from "../http/reply.ts";
import type { BodyStream } from "../http/request-body.ts";

/** A validated request for an operation. */
export interface OperationCall {
  readonly apiVersion: string | undefined;
  /** Path parameters, decoded, with the types of the document. */
  readonly path: Readonly<Record<string, unknown>>;
  /** Documented query parameters, with the types and defaults of the document. */
  readonly query: Readonly<Record<string, unknown>>;
  /** The JSON body; undefined when the request has none. */
  readonly json: unknown;
  /** A body of another type, not read yet. */
  readonly body: BodyStream;
  /** Aborted when the connection is gone. */
  readonly signal: AbortSignal;
}

/** Answers an operation; throws an ErrorReply to refuse the call. */
export type OperationHandler = (call: OperationCall) => Reply | Promise<Reply>;
