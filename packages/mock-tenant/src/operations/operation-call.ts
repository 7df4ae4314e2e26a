import type { Reply } from "../http/reply.ts";
import type { BodyStream } from "../http/request-body.ts";

/** A request that was found to be acceptable for an operation. */
export interface OperationCall {
  readonly apiVersion: string | undefined;
  /** Path parameters, decoded and of the types that the document gives them. */
  readonly path: Readonly<Record<string, unknown>>;
  /** Query parameters of the document, of the types and with the defaults that it gives them. */
  readonly query: Readonly<Record<string, unknown>>;
  /** The JSON body; undefined when there is none. */
  readonly json: unknown;
  /** A body of another type, still to be read. */
  readonly body: BodyStream;
  /** Aborted when there is nobody left to answer. */
  readonly signal: AbortSignal;
}

/** Answers an operation; throws an ErrorReply to refuse. */
export type OperationHandler = (call: OperationCall) => Reply | Promise<Reply>;
