import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";

/** Starts a proxy in front of a tenant. It answers with the status that `intercept` returns, or forwards the request. */
export async function startProxy(
  target: string,
  intercept: (request: { method: string }) => number | undefined,
) {
  const server = createServer((incoming, outgoing) => {
    const { method = "", url = "", headers } = incoming;
    const status = intercept({ method });
    if (status !== undefined) return void outgoing.writeHead(status).end("{}");
    const end = () => outgoing.destroy();
    const forwarded = httpRequest(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on("error", end).pipe(outgoing);
    });
    incoming.on("error", end).pipe(forwarded.on("error", end));
    // A killed program leaves a request without its end, or a response without a reader.
    outgoing.on("error", end).on("close", () => incoming.complete || forwarded.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
