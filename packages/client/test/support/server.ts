import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { text } from "node:stream/consumers";
import type { AddressInfo } from "node:net";
import { createClient, type ClientOptions, type Logger } from "../../src/index.ts";

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

/** Starts a real server on loopback, for responses that the mock tenant does not send. */
export async function startServer(handler: Handler): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  // On a busy machine, a test may be held up for longer than Node keeps an idle connection.
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    const { method = "", url = "", headers } = request;
    const serve = (body: string) => {
      const seen = { method, url, headers, body };
      requests.push(seen);
      handler(request, response, seen);
    };
    // A request that is cut off needs no response.
    text(request).then(serve, () => {});
  });
  return { ...(await listen(server)), requests };
}

/** Makes a server listen on loopback until it is disposed. */
export async function listen(server: Server): Promise<{ readonly url: string } & AsyncDisposable> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Starts a server that answers each request with the same response. */
export function answering(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<TestServer> {
  return startServer((_, response) => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(body);
  });
}

/** Starts a server that sends these responses one after another, then the last one again and again. */
export function answers(
  ...all: (readonly [status: number, headers?: Record<string, string>])[]
): Promise<TestServer> {
  let requests = 0;
  return startServer((_, response) => {
    const [status = 200, headers = {}] = all[Math.min(requests++, all.length - 1)] ?? [];
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(status === 200 ? "[]" : "{}");
  });
}

/** Starts a server that answers the first request with 429, and the others with an empty list. */
export function refusesFirst(headers: Record<string, string> = {}): Promise<TestServer> {
  let isRefused = false;
  return startServer((_, response) => {
    if (isRefused) response.end("[]");
    else response.writeHead(429, headers).end();
    isRefused = true;
  });
}

/** Creates a client that needs no token endpoint. */
export function clientOf({ url }: { readonly url: string }, options: Partial<ClientOptions> = {}) {
  return createClient({ baseUrl: url, auth: { accessToken: "test-token" }, retries: 0, ...options });
}

/** A URL that refuses connections: no service uses port 2, and no server of another test gets it. */
export const unusedUrl = "http://127.0.0.1:2";

/** Starts a tenant whose token endpoint issues `token-1`, `token-2` and so on, and whose API calls `accept` with each token. */
export function tokenServer(expiresIn: unknown, accept: (token: string) => boolean = () => true) {
  let issued = 0;
  return startServer((request, response) => {
    response.setHeader("Content-Type", "application/json");
    if (request.url === "/oauth/token") {
      issued++;
      response.end(
        JSON.stringify({ access_token: `token-${issued}`, token_type: "bearer", expires_in: expiresIn }),
      );
    } else if (accept(request.headers.authorization ?? "")) response.end("[]");
    else response.writeHead(401).end(JSON.stringify({ error: "expired" }));
  });
}

export function tokenRequests(server: TestServer): number {
  return server.requests.filter(({ url }) => url === "/oauth/token").length;
}

/** Creates a logger that keeps its lines. */
export function keepLines() {
  const lines: string[] = [];
  const line = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  const logger: Logger = {
    error: line("error"),
    warn: line("warn"),
    info: line("info"),
    debug: line("debug"),
  };
  return { lines, logger };
}
