import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { startMockTenant } from "../../src/index.ts";
import { startBin } from "../bin-process.ts";
import { History, problems } from "./history.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { readState, readVersions, runWorkload, strayFiles } from "./workload.ts";

// These tests are slow on a busy machine.
vi.setConfig({ testTimeout: 900_000 });

const EMPTY = { customizers: [], versions: [], instances: [] };

/** Runs 200 clients for at least `seconds`, until every outcome has occurred. The number of answered calls does not matter. */
function load(history: History, seed: number, seconds: number) {
  const end = performance.now() + seconds * 1000;
  const goesOn = () => performance.now() < end || !(hasEverything(history) || hasUnknown(history));
  return { seed, clients: 200, largeUpload: 256 * 1024, history, goesOn };
}

/** Returns true if every kind of call has succeeded and has met a missing customizer. Otherwise the run would prove nothing. */
function hasEverything({ calls }: History): boolean {
  const has = (kind: string, outcome: string) =>
    calls.some((call) => call.kind === kind && call.outcome === outcome);
  const kinds = ["rename", "upload", "delete", "get", "link"];
  return has("create", "done") && kinds.every((kind) => has(kind, "done") && has(kind, "missing"));
}

/** Returns true if a call got no response. */
function hasUnknown({ calls }: History): boolean {
  return calls.some(({ outcome }) => outcome === "unknown");
}

function expectAnswers(history: History): void {
  expect({ everything: hasEverything(history), unknown: hasUnknown(history) }).toEqual({
    everything: true,
    unknown: false,
  });
}

test("the data file agrees with the responses to 200 clients in 20 s", async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, "data");
  const history = new History();
  await using bin = await startBin(["--data", data, "--rate-limit", "none"]);
  await runWorkload(bin, load(history, 1, 20));
  expectAnswers(history);
  const state = await readState(bin);
  expect(await bin.end("SIGTERM")).toBe(0);

  const archives = await readdir(`${data}.archives`);
  await using tenant = await startMockTenant({ data, rateLimit: false });
  expect(await readState(tenant)).toEqual(state);
  const versions = await readVersions(tenant);
  expect(problems(EMPTY, history.calls, { ...state, versions })).toEqual([]);
  // The names were read before the second tenant started, which deletes stray files.
  expect(archives.toSorted()).toEqual(versions.map(({ imageId }) => `${imageId}.zip`).toSorted());
});

test("the state in memory agrees with the responses to 200 clients in 5 s, and every response conforms to the document", async () => {
  await using folder = await temporaryFolder();
  vi.stubEnv("TMPDIR", folder.path);
  try {
    const history = new History();
    await using tenant = await startMockTenant({ rateLimit: false });
    await runWorkload(tenant, load(history, 2, 5));
    expectAnswers(history);
    const versions = await readVersions(tenant);
    expect(problems(EMPTY, history.calls, { ...(await readState(tenant)), versions })).toEqual([]);
    const [made = ""] = await readdir(folder.path);
    expect(await strayFiles(join(folder.path, made), versions)).toEqual([]);
    await tenant.close();
    expect(await readdir(folder.path)).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
  }
});
