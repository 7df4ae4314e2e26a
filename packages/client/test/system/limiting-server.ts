// A server that accepts 100 requests in any 10 seconds and answers others with 429. Sends its URL to its parent process.
// `GET /counts` returns its counts. The first argument is the time that a connection takes, in milliseconds.
import { createServer } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from "node:net";

const limit = 100;
const period = 10_000;
const connectTime = Number(process.argv[2]);

const accepted: number[] = [];
let refused = 0;

/** Returns the greatest number of accepted requests in a period. */
function mostInPeriod(): number {
  return Math.max(
    ...accepted.map((at) => accepted.filter((other) => other >= at && other < at + period).length),
  );
}

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  request.resume();
  response.setHeader("Content-Type", "application/json");
  if (request.url === "/counts")
    return response.end(JSON.stringify({ accepted: accepted.length, refused, mostInPeriod: mostInPeriod() }));
  if (request.url === "/oauth/token")
    return response.end(JSON.stringify({ access_token: "a-token", expires_in: 749 }));
  const now = performance.now();
  const inPeriod = accepted.filter((at) => at > now - period);
  const [oldest] = inPeriod.slice(-limit);
  if (oldest !== undefined && inPeriod.length >= limit) {
    refused++;
    response.writeHead(429, { "Retry-After": Math.ceil((oldest + period - now) / 1000) });
    return response.end("{}");
  }
  accepted.push(now);
  return response.end("[]");
});

/** Connects after a while, as over a slow network. */
function slowProxy(port: number): Server {
  return createTcpServer((socket) => {
    socket.on("error", () => {});
    setTimeout(() => {
      const target = connect(port, "127.0.0.1").on("error", () => socket.destroy());
      socket.pipe(target).pipe(socket);
    }, connectTime);
  });
}

const portOf = (listening: Server) => (listening.address() as AddressInfo).port;
const listen = (one: Server) =>
  new Promise<void>((resolve) => one.listen(0, "127.0.0.1", 1024, () => resolve()));

await listen(server);
const proxy = connectTime > 0 ? slowProxy(portOf(server)) : server;
if (proxy !== server) await listen(proxy);
process.send?.(`http://127.0.0.1:${portOf(proxy)}`);
