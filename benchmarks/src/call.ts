import { createClient } from "@isc-customizers/client";
import type { paths } from "@isc-customizers/types";
import createOpenapiFetch from "openapi-fetch";
import { fetchWithLimits } from "./fetch-with-limits.ts";
import { machine, machineLine } from "./machine.ts";
import { median } from "./median.ts";
import { startServer } from "./server-process.ts";

// Measures the time of one call with each client, relative to plain `fetch`. The server runs on loopback in its own process and
// always returns the same customizer. The clients alternate after every call, so that a slow moment of the machine affects all of
// them. Compare the ratios; the absolute times depend on the machine.
const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
await using server = await startServer(
  new URL("bare-server.ts", import.meta.url),
  "reply",
  JSON.stringify({ id, name: "My Custom Connector", imageVersion: 2 }),
);
const { baseUrl } = server;

const url = `${baseUrl}/v2024/connector-customizers/${id}`;
const headers = { Authorization: "Bearer token" };
const openapiFetch = createOpenapiFetch<paths>({ baseUrl: `${baseUrl}/v2024`, headers });
// Rate limiting is off, because it would dominate the result.
const client = createClient({ baseUrl, auth: { accessToken: "token" }, rateLimit: false });

const callers: Record<string, () => Promise<unknown>> = {
  fetch: async () => (await fetch(url, { headers })).json(),
  "fetch with signal and time-outs": () => fetchWithLimits(url, headers),
  "openapi-fetch": () => openapiFetch.GET("/connector-customizers/{id}", { params: { path: { id } } }),
  "@isc-customizers/client": async () => client.getConnectorCustomizer({ id }),
};
const names = Object.keys(callers);

/** Measures the median time of a call with each client, in milliseconds. A different client goes first each time. */
async function runRound(calls: number): Promise<Map<string, number>> {
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let call = 0; call < calls; call++) {
    for (const index of names.keys()) {
      const name = names[(index + call) % names.length] ?? "";
      const start = performance.now();
      await callers[name]?.();
      times.get(name)?.push(performance.now() - start);
    }
  }
  return new Map(names.map((name) => [name, median(times.get(name) ?? [])]));
}

// Warms up, so that the functions are compiled and optimized before the measurement.
await runRound(10_000);
const rounds: Map<string, number>[] = [];
for (let round = 0; round < 15; round++) rounds.push(await runRound(400));

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
      `${ratio.toFixed(2).padStart(6)} x fetch  ${name.padEnd(32)} median ${medianMs.toFixed(3)} ms`,
    );
  }
}
