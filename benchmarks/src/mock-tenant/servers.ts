import { startServer } from "../server-process.ts";
import type { ServerProcess } from "../server-process.ts";

/** A running mock tenant with an access token. */
export interface MockProcess extends ServerProcess {
  readonly token: string;
}

/** Starts the built mock tenant as its users do, with 50 customizers and without a rate limit. */
export async function startMock(): Promise<MockProcess> {
  const program = new URL("bin.js", import.meta.resolve("@isc-customizers/mock-tenant"));
  const options = "--port 0 --seed 50 --rate-limit none --client-id benchmark --client-secret benchmark";
  const server = await startServer(program, ...options.split(" "));
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: "benchmark",
    client_secret: "benchmark",
  });
  const reply = await fetch(`${server.baseUrl}/oauth/token`, { method: "POST", body: form });
  const { access_token: token } = (await reply.json()) as { access_token: string };
  return { ...server, token };
}

/** Starts `bare-server.ts` with one of its listeners. */
export function startBare(kind: "reply" | "count" | "write", argument = ""): Promise<ServerProcess> {
  return startServer(new URL("../bare-server.ts", import.meta.url), kind, argument);
}
