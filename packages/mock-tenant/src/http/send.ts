import type { IncomingMessage, ServerResponse } from "node:http";
import { finished } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import type { Reply } from "./reply.ts";

const SLOW_PIECES = 10;

/** Sends a reply; without one, closes the connection. Resolves when the reply has been passed to the socket. */
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
  // After an early refusal the client may stop sending the body, so the connection cannot be reused.
  const close = request.complete ? {} : { Connection: "close" };
  // `setHeaders` ignores case, so a header that a fault spells differently is not sent twice.
  response.setHeaders(new Map(Object.entries({ ...headers, ...length, ...close })));
  response.writeHead(status);
  request.resume();
  switch (delivery?.kind) {
    case undefined:
      if (request.complete) return void response.end(bytes);
      response.flushHeaders();
      response.write(bytes);
      break;
    case "truncated":
      return void response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
    case "slow":
      await sendSlowly(bytes, delivery.milliseconds, response, signal);
  }
  // Closing a connection while the client still sends resets it, and the client loses the reply. So the server first reads the
  // rest of the body (https://www.rfc-editor.org/rfc/rfc9112#section-9.6).
  await finished(request).catch(() => {});
  response.end();
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
