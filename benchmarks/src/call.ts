import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "@isc-customizers/client";
import type { paths } from "@isc-customizers/types";
import createOpenapiFetch from "openapi-fetch";
import { Bench } from "tinybench";
import { machine, machineLine } from "./machine.ts";
import { median } from "./median.ts";

// What one call costs, against a server on loopback that always gives the same customizer: each way next to the platform's
// `fetch`, in rounds that alternate. The ratios are what counts; times are of this machine.
const body = JSON.stringify({
  id: "b07dc46a-1498-4de8-bfbb-259a68e70c8a",
  name: "My Custom Connector",
  imageVersion: 2,
});
const server = createServer((_, response) => {
  response
    .writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) })
    .end(body);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const headers = { Authorization: "Bearer token" };
const path = { id: "b07dc46a-1498-4de8-bfbb-259a68e70c8a" };
const openapiFetch = createOpenapiFetch<paths>({ baseUrl: `${baseUrl}/v2024`, headers });
// Without a limit of rate, which would be what is measured.
const client = createClient({ baseUrl, auth: { accessToken: "token" }, rateLimit: false });

const ways: Record<string, () => Promise<unknown>> = {
  fetch: async () => (await fetch(`${baseUrl}/v2024/connector-customizers/${path.id}`, { headers })).json(),
  "openapi-fetch": () => openapiFetch.GET("/connector-customizers/{id}", { params: { path } }),
  "@isc-customizers/client": async () => client.getConnectorCustomizer(path),
};
const names = Object.keys(ways);

/** The median time of a call, in milliseconds, for each way; the first to run in a round is another in each. */
async function runRound(round: number): Promise<Map<string, number>> {
  const bench = new Bench({ time: 400, warmupTime: 100 });
  for (const index of names.keys()) {
    const name = names[(index + round) % names.length] ?? "";
    bench.add(name, async () => void (await ways[name]?.()));
  }
  await bench.run();
  return new Map(
    bench.tasks.map(({ name, result }) => {
      if (result.state !== "completed") throw new Error(`${name} did not complete: ${result.state}`);
      return [name, result.latency.p50];
    }),
  );
}

const rounds: Map<string, number>[] = [];
for (let round = 0; round < 9; round++) rounds.push(await runRound(round));
server.closeAllConnections();
server.close();

const results = names.map((name) => ({
  name,
  ratio: median(rounds.map((round) => (round.get(name) ?? Number.NaN) / (round.get("fetch") ?? Number.NaN))),
  medianMs: median(rounds.map((round) => round.get(name) ?? Number.NaN)),
}));
if (process.argv.includes("--json")) {
  console.log(JSON.stringify({ ...machine(), results }));
} else {
  console.log(`One call, ${machineLine(machine())}\n`);
  for (const { name, ratio, medianMs } of results) {
    console.log(
      `${ratio.toFixed(2).padStart(6)} x fetch  ${name.padEnd(24)} median ${medianMs.toFixed(3)} ms`,
    );
  }
}
