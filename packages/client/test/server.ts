import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { AddressInfo } from "node:net";
import { createClient, type ClientOptions } from "../src/index.ts";

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
}

export type Handler = (request: IncomingMessage, response: ServerResponse, seen: SeenRequest) => void;

/** A real server on loopback, for the answers that a well-behaved tenant does not give. */
export async function startServer(handler: Handler): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const serve = (body: string) => {
      const seen = { method, url, headers, body };
      requests.push(seen);
      handler(request, response, seen);
    };
    // A request that is cut off has nobody to be answered.
    text(request).then(serve, () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server that gives every request the same answer. */
export function answering(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<TestServer> {
  return startServer((_, response) => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(body);
  });
}

/** A client that needs no token endpoint. */
export function clientOf({ url }: { readonly url: string }, options: Partial<ClientOptions> = {}) {
  return createClient({ baseUrl: url, auth: { accessToken: "test-token" }, retries: 0, ...options });
}

/** An address of loopback where nothing listens. */
export async function unusedUrl(): Promise<string> {
  await using server = await startServer(() => {});
  return server.url;
}
