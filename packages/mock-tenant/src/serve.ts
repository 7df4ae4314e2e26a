import type { IncomingMessage, ServerResponse } from "node:http";
import { ErrorReply, internalServerError } from "./error-response.ts";
import type { Reply } from "./reply.ts";
import { bodyStream } from "./request-body.ts";
import { loggedHeaders, loggedQuery } from "./request-log.ts";
import type { RequestLog } from "./request-log.ts";
import { respond } from "./respond.ts";
import type { Exchange, Tenant } from "./respond.ts";

/** Serves HTTP requests from a tenant. */
export interface RequestServer {
  readonly serve: (request: IncomingMessage, response: ServerResponse) => void;
  /** Resolves when no request is being answered. */
  readonly settled: () => Promise<void>;
}

export function requestServer(tenant: Tenant, log: RequestLog): RequestServer {
  const pending = new Set<Promise<void>>();
  return {
    serve(request, response) {
      const served = serveOne(tenant, log, request, response).finally(() => pending.delete(served));
      pending.add(served);
    },
    async settled() {
      await Promise.all(pending);
    },
  };
}

async function serveOne(
  tenant: Tenant,
  log: RequestLog,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let bodyBytes = 0;
  const [path, query] = splitTarget(request.url ?? "/");
  const exchange: Exchange = {
    method: request.method ?? "GET",
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body: bodyStream(request, (bytes) => (bodyBytes += bytes)),
    apiVersion: undefined,
    operationId: undefined,
  };
  const reply = await respond(tenant, exchange).catch((error: unknown) => {
    if (error instanceof ErrorReply) return error.reply;
    // A connection that was lost while the body came in is nobody's failure, and there is nobody to tell.
    return request.socket.destroyed ? undefined : internalServerError(error).reply;
  });
  // Before the reply, so that whoever has the reply finds its request recorded.
  log.add({
    method: exchange.method,
    path,
    query: loggedQuery(exchange.query),
    headers: loggedHeaders(request.headers),
    status: reply?.status,
    bodyBytes,
    apiVersion: exchange.apiVersion,
    operationId: exchange.operationId,
  });
  if (reply !== undefined) send(reply, request, response);
}

function send({ status, headers, body }: Reply, request: IncomingMessage, response: ServerResponse): void {
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  // What is left of a body that was refused cannot be told from a next request: it is let pass, and the connection ends
  // (https://www.rfc-editor.org/rfc/rfc9112#section-9.6).
  const close = request.complete ? {} : { Connection: "close" };
  response.writeHead(status, { ...headers, ...length, ...close }).end(body);
  request.resume();
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
