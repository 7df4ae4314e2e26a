import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createClient } from "../../src/index.ts";

const program = fileURLToPath(new URL("limiting-server.ts", import.meta.url));
const limit = 100;

interface Counts {
  readonly accepted: number;
  readonly refused: number;
  readonly mostInPeriod: number;
}

/** Starts the server in a process of its own, so that the client does not delay it. */
async function startLimitingServer(connectTime: number) {
  const server = fork(program, [String(connectTime)]);
  const [url] = (await once(server, "message")) as [string];
  return {
    url,
    counts: async () => (await (await fetch(`${url}/counts`)).json()) as Counts,
    [Symbol.dispose]: () => void server.kill(),
  };
}

test.concurrent.for([
  { clients: 1, calls: 300, connectTime: 0 },
  { clients: 1, calls: 300, connectTime: 700 },
  { clients: 2, calls: 150, connectTime: 0 },
  { clients: 2, calls: 300, connectTime: 0 },
  { clients: 2, calls: 300, connectTime: 700 },
])(
  "$clients clients with $calls calls each at once all succeed when a connection takes $connectTime ms",
  { timeout: 400_000 },
  async ({ clients, calls, connectTime }) => {
    using server = await startLimitingServer(connectTime);
    const start = performance.now();
    const results = Array.from({ length: clients }, () => {
      const client = createClient({ baseUrl: server.url, auth: { clientId: "id", clientSecret: "secret" } });
      return Array.from({ length: calls }, () => client.listConnectorCustomizers());
    });
    const settled = await Promise.allSettled(results.flat());
    const failures = settled.filter(({ status }) => status === "rejected");
    const counts = await server.counts();
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(`${clients} x ${calls}, ${connectTime} ms:`, counts, failures.length, `${seconds} s`);
    expect(failures).toEqual([]);
    expect(counts.accepted).toBe(clients * calls);
    expect(counts.mostInPeriod).toBeLessThanOrEqual(limit);
    // One client alone never exceeds the limit.
    if (clients === 1) expect(counts.refused).toBe(0);
  },
);
