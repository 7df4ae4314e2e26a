import type { IncomingMessage, ServerResponse } from "node:http";
import { ErrorReply, internalServerError } from "./error-response.ts";
import type { Exchange } from "./exchange.ts";
import type { Reply } from "./reply.ts";
import { bodyStream } from "./request-body.ts";
import { loggedHeaders, loggedQuery } from "./request-log.ts";
import type { RequestRecord } from "./request-log.ts";
import { send } from "./send.ts";

/** Serves HTTP requests from what answers them. */
export interface RequestServer {
  readonly serve: (request: IncomingMessage, response: ServerResponse) => void;
  /** Resolves when no request is being answered. */
  readonly settled: () => Promise<void>;
}

export interface RequestHandler {
  /** Answers a request, undefined for no answer; throws an ErrorReply to refuse it. */
  readonly respond: (exchange: Exchange) => Promise<Reply | undefined>;
  /** What every answer to a request has besides headers of its own. */
  readonly commonHeaders: (exchange: Exchange) => Reply["headers"];
  /** Called with every request before its reply is sent, so that whoever has the reply finds it recorded. */
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
  // Whoever reads the body is told by the signal; and an error that nobody listens for would end the process.
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
    // A connection that was lost meanwhile is nobody's failure, and there is nobody to tell.
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
