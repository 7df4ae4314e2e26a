import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type FaultEffect, startMockTenant } from "@isc-customizers/mock-tenant";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("soak.ts", import.meta.url));
const calls = 20_000;
const atOnce = 64;
const mebibyte = 1_048_576;

interface Report {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly unhandled: readonly string[];
  readonly heaps: readonly number[];
  readonly resources: readonly string[];
}

/** The injected faults. About one request in 20 meets one. */
const effects: readonly FaultEffect[] = [
  { kind: "drop", when: "before" },
  { kind: "drop", when: "after" },
  { kind: "truncated-body" },
  { kind: "malformed-json" },
  { kind: "html" },
  { kind: "content-type" },
  { kind: "slow-body", milliseconds: 100 },
  { kind: "expired-tokens" },
  { kind: "status", status: 429, retryAfter: 0 },
  { kind: "status", status: 503 },
];

test("20,000 calls, 64 at once, with many faults and tokens that expire after a second, leak no memory, timer or socket", async () => {
  await using mock = await startMockTenant({
    seed: 10,
    rateLimit: false,
    tokenLifetime: 1,
    faults: [...effects, ...effects].map((effect, seed) => ({
      ...effect,
      // The second half of the faults affects only the token endpoint.
      ...(seed >= effects.length && { match: { path: "/oauth/token" } }),
      probability: 0.05 / effects.length,
      seed,
    })),
  });
  const args = [mock.baseUrl, mock.clientId, mock.clientSecret, calls, atOnce].map(String);
  // The program exits by itself only if no timer or other handle is left.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--expose-gc", program, ...args]);
  expect(stderr).toBe("");
  const { outcomes, unhandled, heaps, resources } = JSON.parse(stdout) as Report;
  console.log(outcomes, heaps.map((bytes) => `${(bytes / mebibyte).toFixed(1)} MiB`).join(", "));
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(calls);
  expect(Object.keys(outcomes).filter((name) => name.startsWith("untyped"))).toEqual([]);
  expect(outcomes["data"]).toBeGreaterThan(0);
  expect(unhandled).toEqual([]);
  // The second to fourth quarters make 15,000 calls, so even a small leak per call would exceed the limit.
  expect((heaps.at(-1) ?? Infinity) - (heaps[0] ?? 0)).toBeLessThan(4 * mebibyte);
  expect(resources.filter((name) => name === "Timeout")).toEqual([]);
  expect(resources.filter((name) => name.startsWith("TCP")).length).toBeLessThanOrEqual(atOnce);
}, 1_200_000);
