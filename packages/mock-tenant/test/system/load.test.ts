import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { startMockTenant } from "../../src/index.ts";
import { startBin } from "../bin-process.ts";
import { History, problems } from "./history.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { readState, readVersions, runWorkload, strayFiles } from "./workload.ts";

// So much takes its time on a machine that is busy with other things.
vi.setConfig({ testTimeout: 900_000 });

const EMPTY = { customizers: [], versions: [], instances: [] };

/** Two hundred clients for so many seconds, and until everything has happened. How many calls they get answered is not what is tested. */
function load(history: History, seed: number, seconds: number) {
  const end = performance.now() + seconds * 1000;
  const goesOn = () => performance.now() < end || !(hasEverything(history) || hasUnknown(history));
  return { seed, clients: 200, largeUpload: 256 * 1024, history, goesOn };
}

/** So that a run in which nothing happened does not pass. */
function hasEverything({ calls }: History): boolean {
  const has = (kind: string, outcome: string) =>
    calls.some((call) => call.kind === kind && call.outcome === outcome);
  const kinds = ["rename", "upload", "delete", "get", "link"];
  return has("create", "done") && kinds.every((kind) => has(kind, "done") && has(kind, "missing"));
}

/** A call of which nobody was told what became of it. */
function hasUnknown({ calls }: History): boolean {
  return calls.some(({ outcome }) => outcome === "unknown");
}

function expectAnswers(history: History): void {
  expect({ everything: hasEverything(history), unknown: hasUnknown(history) }).toEqual({
    everything: true,
    unknown: false,
  });
}

test("two hundred clients for 20 s leave in a data file what they were told", async () => {
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
  // As it was before the second tenant swept it.
  expect(archives.toSorted()).toEqual(versions.map(({ imageId }) => `${imageId}.zip`).toSorted());
});

test("two hundred clients for 5 s leave in memory what they were told, by replies that the contract allows", async () => {
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
