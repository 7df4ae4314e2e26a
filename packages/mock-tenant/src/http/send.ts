import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Reply } from "./reply.ts";

const SLOW_PIECES = 10;

/** Sends a reply, or ends the connection when there is none. Resolves when there is no more to do. */
export async function send(
  reply: Reply | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  if (reply === undefined) return void request.socket.destroy();
  const { status, headers, body, delivery } = reply;
  const bytes = Buffer.from(body ?? "");
  // https://www.rfc-editor.org/rfc/rfc9110#section-8.6
  const length = status === 204 || status === 304 ? {} : { "Content-Length": String(bytes.length) };
  // Whoever is told so may stop sending a body that was refused: https://www.rfc-editor.org/rfc/rfc9112#section-9.6
  const close = request.complete ? {} : { Connection: "close" };
  // One by one, so that a header which a fault writes in another case is not sent twice.
  response.setHeaders(new Map(Object.entries({ ...headers, ...length, ...close })));
  response.writeHead(status);
  request.resume();
  switch (delivery?.kind) {
    case undefined:
      end(request, response, bytes);
      break;
    case "truncated":
      response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
      break;
    case "slow":
      await sendSlowly(bytes, delivery.milliseconds, response, signal);
      end(request, response);
  }
}

/**
 * Ends a response. What is left of the request is let pass before, since a client that sends it all before it reads would lose
 * the reply with the connection.
 */
function end(request: IncomingMessage, response: ServerResponse, bytes: Uint8Array = new Uint8Array()): void {
  if (request.complete) return void response.end(bytes);
  response.flushHeaders();
  response.write(bytes);
  request.once("close", () => response.end());
}

async function sendSlowly(
  bytes: Uint8Array,
  milliseconds: number,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  response.flushHeaders();
  for (let piece = 0; piece < SLOW_PIECES; piece++) {
    if (piece > 0) await setTimeout(milliseconds / (SLOW_PIECES - 1), undefined, { signal });
    const at = (number: number) => Math.floor((bytes.length * number) / SLOW_PIECES);
    response.write(bytes.subarray(at(piece), at(piece + 1)));
  }
}
