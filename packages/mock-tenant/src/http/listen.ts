import { once } from "node:events";
import type { Server } from "node:http";

/** Thrown when another program listens on the port. */
export class PortInUseError extends Error {
  override readonly name = "PortInUseError";
  readonly port: number;

  constructor(port: number, cause: unknown) {
    super(`Port ${port} of 127.0.0.1 is in use.`, { cause });
    this.port = port;
  }
}

/**
 * Starts `server` on the loopback address and returns its base URL.
 *
 * @param port 0 for any free port.
 * @throws PortInUseError
 * @throws RangeError when `port` is not an integer from 0 to 65535.
 */
export async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new PortInUseError(port, error);
    }
    throw error;
  }
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("The server does not listen on a port.");
  return `http://127.0.0.1:${address.port}`;
}
