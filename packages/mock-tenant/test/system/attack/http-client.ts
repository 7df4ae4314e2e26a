import { connect } from "node:net";
import type { Socket } from "node:net";

/** A reply as its bytes say it. */
export interface RawReply {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Far more than any request takes: what takes longer hangs. */
const PATIENCE = 120_000;

/**
 * HTTP over sockets of its own, which sends whatever bytes it is given and tells what exactly comes back. Requests go over one
 * connection for as long as the server keeps it, so that one which throws server and client out of step is found by the next.
 */
export class HttpClient implements Disposable {
  readonly #port: number;
  #connection: Connection | undefined;

  constructor(baseUrl: string) {
    this.#port = Number(new URL(baseUrl).port);
  }

  /** Sends a request whose end is plain to see, and returns its reply. */
  async request(bytes: Uint8Array, method: string): Promise<RawReply> {
    const connection = await this.#connected();
    void connection.write(bytes);
    const reply = await connection.reply(method);
    if (reply === undefined) throw new Error("the connection ended without a reply");
    if (reply.headers.get("connection")?.toLowerCase() === "close") {
      await connection.ended();
      this.#connection = undefined;
    }
    return reply;
  }

  /** Sends what may be anything, over a connection of its own, and returns every reply until its end. */
  async send(bytes: Uint8Array, method: string): Promise<RawReply[]> {
    const connection = await Connection.open(this.#port);
    void connection.write(bytes);
    connection.end();
    const replies: RawReply[] = [];
    for (let reply; (reply = await connection.reply(method)) !== undefined;) replies.push(reply);
    return replies;
  }

  /** Sends a request that asks for the end of its connection, and returns all that comes until then. */
  async exchange(bytes: Uint8Array): Promise<string> {
    const connection = await Connection.open(this.#port);
    void connection.write(bytes);
    await connection.ended();
    const all = connection.rest();
    connection.destroy();
    return all;
  }

  /** Sends a request and goes away before there can be a reply. */
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
    // A connection that is reset ends too, and what had come by then has come.
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

  /** Sends no more, and still receives. */
  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** The next reply that is final; undefined when the connection ends before one. */
  async reply(method: string): Promise<RawReply | undefined> {
    for (;;) {
      const head = await this.#until(() => this.#received.indexOf("\r\n\r\n"));
      if (head === undefined) {
        if (this.#received.length > 0) throw new Error(`no reply: ${this.#received.toString("latin1")}`);
        return undefined;
      }
      const [statusLine = "", ...lines] = this.#take(head + 4)
        .toString("latin1")
        .trimEnd()
        .split("\r\n");
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
      if (Number.isNaN(status)) throw new Error(`no status line: ${statusLine}`);
      const headers = new Map(
        lines.map((line) => {
          const [name = "", value = ""] = line.split(/: ?(.*)/s);
          return [name.toLowerCase(), value] as const;
        }),
      );
      if (headers.size !== lines.length) throw new Error(`a header is repeated: ${lines.join(", ")}`);
      if (status >= 200) return { status, headers, body: await this.#body(method, status, headers) };
    }
  }

  /** https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
  async #body(method: string, status: number, headers: ReadonlyMap<string, string>): Promise<string> {
    if (method === "HEAD" || status === 204 || status === 304) return "";
    const length = headers.get("content-length");
    if (headers.get("transfer-encoding") === "chunked") {
      // The server itself sends chunks in one place only, where it has no body to send.
      const end = await this.#until(() => this.#received.indexOf("0\r\n\r\n"));
      if (end !== 0) throw new Error(`chunks that were not looked for: ${this.#received.toString()}`);
      this.#take(5);
      return "";
    }
    if (length === undefined) {
      await this.ended();
      return this.#take(this.#received.length).toString();
    }
    const enough = await this.#until(() => (this.#received.length >= Number(length) ? 0 : -1));
    if (enough === undefined) throw new Error(`a body of ${length} bytes was cut off`);
    return this.#take(Number(length)).toString();
  }

  /** What has been received and not been taken. */
  rest(): string {
    return this.#take(this.#received.length).toString("latin1");
  }

  async ended(): Promise<void> {
    await this.#until(() => (this.#over ? 0 : -1));
  }

  /** What `find` finds in what has been received, once it is not negative; undefined when the connection ends before. */
  async #until(find: () => number): Promise<number | undefined> {
    const patience = setTimeout(() => {
      this.#hangs = true;
      this.#socket.destroy();
    }, PATIENCE);
    try {
      for (;;) {
        const found = find();
        if (found >= 0) return found;
        if (this.#hangs) throw new Error("the server hangs");
        if (this.#over) return undefined;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      clearTimeout(patience);
    }
  }

  #take(length: number): Buffer {
    const taken = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return taken;
  }
}
