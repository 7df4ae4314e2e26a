import type { IncomingMessage, ServerResponse } from "node:http";
import { ErrorReply, internalServerError } from "./error-response.ts";
import type { Exchange } from "./exchange.ts";
import type { Reply } from "./reply.ts";
import { bodyStream } from "./request-body.ts";
import { loggedHeaders, loggedQuery } from "./request-log.ts";
import type { RequestRecord } from "./request-log.ts";
import { send } from "./send.ts";

/** Serves HTTP requests with a handler, and tracks the pending ones. */
export interface RequestServer {
  readonly serve: (request: IncomingMessage, response: ServerResponse) => void;
  /** Resolves when no request is pending. */
  readonly settled: () => Promise<void>;
}

export interface RequestHandler {
  /** Answers a request; undefined closes the connection. Throws an ErrorReply to refuse the request. */
  readonly respond: (exchange: Exchange) => Promise<Reply | undefined>;
  /** Headers of every reply to a request; the reply's own headers override them. */
  readonly commonHeaders: (exchange: Exchange) => Reply["headers"];
  /** Called before the reply is sent, so that a client that has the reply finds the request recorded. */
  readonly onRequest: (record: RequestRecord) => void;
}

export function requestServer(handler: RequestHandler): RequestServer {
  const pending = new Set<Promise<void>>();
  return {
    serve(request, response) {
      const served = serveOne(handler, request, response).finally(() => pending.delete(served));
      pending.add(served);
    },
    async settled() {
      await Promise.all(pending);
    },
  };
}

async function serveOne(
  { respond, commonHeaders, onRequest }: RequestHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  // The signal reports the error to the body's reader. An unhandled `error` event would end the process.
  request.on("error", () => {});
  const { signal } = gone;
  let size = 0;
  const [path, query] = splitTarget(request.url ?? "/");
  const exchange: Exchange = {
    method: request.method ?? "GET",
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body: bodyStream(request, signal, (bytes) => (size += bytes)),
    signal,
    apiVersion: undefined,
    operationId: undefined,
    fault: undefined,
  };
  const reply = await respond(exchange).catch((error: unknown) => {
    if (error instanceof ErrorReply) return error.reply;
    // After a lost connection nobody can receive a reply, and the error is not the mock tenant's.
    return signal.aborted || request.socket.destroyed ? undefined : internalServerError(error).reply;
  });
  onRequest({
    method: exchange.method,
    path,
    query: loggedQuery(exchange.query),
    headers: loggedHeaders(request.headers),
    size,
    status: reply?.status,
    duration: performance.now() - started,
    apiVersion: exchange.apiVersion,
    operationId: exchange.operationId,
    fault: exchange.fault,
  });
  const complete = reply && { ...reply, headers: { ...commonHeaders(exchange), ...reply.headers } };
  // The connection may be lost while a slow reply is sent.
  await send(complete, request, response, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/**
 * The path and the query of a request target, neither decoded nor normalized. A server must also take the target in
 * its absolute form: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2.
 */
function splitTarget(target: string): [path: string, query: string] {
  const origin = target.replace(/^https?:\/\/[^/?]*/i, "");
  const end = origin.indexOf("?");
  return end < 0 ? [origin, ""] : [origin.slice(0, end), origin.slice(end + 1)];
}
