import { createServer, request as httpRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";

export interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** Targets of the requests, in order: `CONNECT host:port` for a tunnel, else method and URL. */
  readonly asked: readonly string[];
  /** The `Proxy-Authorization` of the last request. */
  readonly authorization: string | undefined;
}

/**
 * A real HTTP proxy (RFC 9110, section 9.3.6, and RFC 9112, section 3.2.2). It connects to this machine for every host, so that
 * a host without an address can be reached through it only.
 */
export async function startProxy(refuse?: number): Promise<Proxy> {
  const asked: string[] = [];
  let authorization: string | undefined;
  const server = createServer((incoming, outgoing) => {
    const { method = "", url = "", headers } = incoming;
    asked.push(`${method} ${url}`);
    const { port, pathname, search } = new URL(url);
    const onward = httpRequest({ port, method, headers, path: pathname + search }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  const sockets = new Set<{ destroy: () => void }>();
  server.on("connect", (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    authorization = request.headers["proxy-authorization"];
    if (refuse !== undefined) return socket.end(`HTTP/1.1 ${refuse} No\r\n\r\n`);
    const target = connect(Number(new URL(`http://${request.url}`).port), "127.0.0.1", () =>
      socket.write("HTTP/1.1 200 OK\r\n\r\n"),
    );
    socket.pipe(target).pipe(socket);
    for (const end of [socket, target]) sockets.add(end.on("error", () => {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get authorization() {
      return authorization;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
