import { connect } from "node:net";
import type { Socket } from "node:net";

/** A response, parsed from its bytes. */
export interface RawReply {
  readonly status: number;
  /** The values, by name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Time limit of a response in milliseconds, far above the normal time. A slower server counts as hanging. */
const TIMEOUT = 120_000;

/**
 * An HTTP client that sends arbitrary bytes over its own sockets and returns the exact responses. Requests share one connection
 * while the server keeps it open, so that a request which breaks the framing makes the next one fail.
 */
export class HttpClient implements Disposable {
  readonly #port: number;
  #connection: Connection | undefined;

  constructor(baseUrl: string) {
    this.#port = Number(new URL(baseUrl).port);
  }

  /** Sends a request with valid framing, and returns its response. */
  async request(bytes: Uint8Array, method: string): Promise<RawReply> {
    const connection = await this.#connected();
    void connection.write(bytes);
    const reply = await connection.reply(method);
    if (reply === undefined) throw new Error("The connection ended without a response.");
    if (reply.headers.get("connection")?.toLowerCase() === "close") {
      await connection.ended();
      this.#connection = undefined;
    }
    return reply;
  }

  /** Sends arbitrary bytes over a new connection, and returns every response until the connection ends. */
  async send(bytes: Uint8Array, method: string): Promise<RawReply[]> {
    const connection = await Connection.open(this.#port);
    void connection.write(bytes);
    connection.end();
    const replies: RawReply[] = [];
    for (let reply; (reply = await connection.reply(method)) !== undefined;) replies.push(reply);
    return replies;
  }

  /** Sends a request with `Connection: close`, and returns all bytes that arrive until the connection ends. */
  async exchange(bytes: Uint8Array): Promise<string> {
    const connection = await Connection.open(this.#port);
    void connection.write(bytes);
    await connection.ended();
    const all = connection.rest();
    connection.destroy();
    return all;
  }

  /** Sends a request, and closes the connection before the response. */
  async abandon(bytes: Uint8Array): Promise<void> {
    const connection = await Connection.open(this.#port);
    await connection.write(bytes);
    connection.destroy();
  }

  async #connected(): Promise<Connection> {
    if (this.#connection === undefined || this.#connection.isOver)
      this.#connection = await Connection.open(this.#port);
    return this.#connection;
  }

  [Symbol.dispose](): void {
    this.#connection?.destroy();
  }
}

class Connection {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #over = false;
  #hangs = false;
  #wake: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#wake();
    });
    const over = () => {
      this.#over = true;
      this.#wake();
    };
    // A reset also ends the connection; bytes received before it stay valid.
    socket.on("error", over).on("end", over).on("close", over);
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    return new Connection(socket);
  }

  get isOver(): boolean {
    return this.#over;
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#socket.write(bytes, () => resolve()));
  }

  /** Ends the sending side of the connection. */
  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Reads the next final response. @returns undefined if the connection ends first. */
  async reply(method: string): Promise<RawReply | undefined> {
    for (;;) {
      const head = await this.#until(() => this.#received.indexOf("\r\n\r\n"));
      if (head === undefined) {
        if (this.#received.length > 0)
          throw new Error(`The response is cut off: ${this.#received.toString("latin1")}`);
        return undefined;
      }
      const [statusLine = "", ...lines] = this.#take(head + 4)
        .toString("latin1")
        .trimEnd()
        .split("\r\n");
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
      if (Number.isNaN(status)) throw new Error(`The status line is malformed: ${statusLine}`);
      const headers = new Map(
        lines.map((line) => {
          const [name = "", value = ""] = line.split(/: ?(.*)/s);
          return [name.toLowerCase(), value] as const;
        }),
      );
      if (headers.size !== lines.length) throw new Error(`A header is repeated: ${lines.join(", ")}`);
      if (status >= 200) return { status, headers, body: await this.#body(method, status, headers) };
    }
  }

  /** Reads a body by its framing: https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
  async #body(method: string, status: number, headers: ReadonlyMap<string, string>): Promise<string> {
    if (method === "HEAD" || status === 204 || status === 304) return "";
    const length = headers.get("content-length");
    if (headers.get("transfer-encoding") === "chunked") {
      // Node sends a chunked response only for an empty body here.
      const end = await this.#until(() => this.#received.indexOf("0\r\n\r\n"));
      if (end !== 0) throw new Error(`Unexpected chunks: ${this.#received.toString()}`);
      this.#take(5);
      return "";
    }
    if (length === undefined) {
      await this.ended();
      return this.#take(this.#received.length).toString();
    }
    const enough = await this.#until(() => (this.#received.length >= Number(length) ? 0 : -1));
    if (enough === undefined)
      throw new Error(`The body is shorter than its Content-Length of ${length} bytes.`);
    return this.#take(Number(length)).toString();
  }

  /** Takes the unread bytes as text. */
  rest(): string {
    return this.#take(this.#received.length).toString("latin1");
  }

  async ended(): Promise<void> {
    await this.#until(() => (this.#over ? 0 : -1));
  }

  /** Waits until `find` returns an index in the received bytes that is not negative. @returns undefined if the connection ends first. */
  async #until(find: () => number): Promise<number | undefined> {
    const timer = setTimeout(() => {
      this.#hangs = true;
      this.#socket.destroy();
    }, TIMEOUT);
    try {
      for (;;) {
        const found = find();
        if (found >= 0) return found;
        if (this.#hangs) throw new Error("The server did not respond in time.");
        if (this.#over) return undefined;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #take(length: number): Buffer {
    const taken = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return taken;
  }
}
