import { createWriteStream } from "node:fs";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";

// A program that starts a minimal HTTP server, as the upper bound for any server on Node.

const [kind = "", argument = ""] = process.argv.slice(2);

const listeners: Record<string, RequestListener> = {
  /** Responds to every request with the same JSON. */
  reply: (_, response) => {
    response
      .writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(argument) })
      .end(argument);
  },
  /** Responds with the number of bytes in the body. */
  count: (request, response) => {
    let size = 0;
    request.on("data", (chunk: Uint8Array) => (size += chunk.length));
    request.on("end", () => response.end(String(size)));
  },
  /** Writes a body to a file. */
  write: (request, response) => {
    void pipeline(request, createWriteStream(argument)).then(() => response.end());
  },
};

const server = createServer(listeners[kind]);
server.listen(0, "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
