import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test, vi } from "vitest";
import { startMockTenant } from "../../src/index.ts";
import { BIN, startBin } from "../bin-process.ts";
import { History, problems } from "./history.ts";
import type { Snapshot } from "./history.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { EXAMPLE_ID, testTenant, zip } from "../tenant.ts";
import { accessToken } from "../token.ts";
import { readState, readVersions, runWorkload, strayFiles } from "./workload.ts";

// These tests are slow on a busy machine.
vi.setConfig({ testTimeout: 900_000 });

const ROUNDS = 8;

/** Reads the state that a new tenant loads from a data file. */
async function restart(data: string): Promise<Snapshot> {
  await using tenant = await startMockTenant({ data, rateLimit: false });
  const versions = await readVersions(tenant);
  expect(await strayFiles(`${data}.archives`, versions)).toEqual([]);
  return { ...(await readState(tenant)), versions };
}

test("an acknowledged change survives a kill at any moment, and any other is absent or complete", async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, "data");
  const random = xoroshiro128plus(3);
  let before: Snapshot = { customizers: [], versions: [], instances: [] };
  const fates = { unknown: 0, acknowledged: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    await using bin = await startBin(["--data", data, "--rate-limit", "none"]);
    const history = new History();
    let callsToKill = uniformInt(random, 10, 600);
    let killed: Promise<number | null> | undefined;
    await runWorkload(bin, {
      seed: 100 + round,
      clients: 30,
      largeUpload: 3 * 1024 * 1024,
      history,
      goesOn: () => killed === undefined,
      onAcknowledged: () => {
        if (--callsToKill === 0) killed = bin.end("SIGKILL");
      },
    });
    expect(await killed).toBeNull();
    const after = await restart(data);
    expect(problems(before, history.calls, after), `round ${round}`).toEqual([]);
    fates.unknown += history.calls.length - history.acknowledged;
    fates.acknowledged += history.acknowledged;
    before = after;
  }
  // A run without interrupted calls would prove nothing.
  expect(fates.unknown).toBeGreaterThan(0);
  expect(fates.acknowledged).toBeGreaterThan(0);
});

test("an upload that a kill interrupts leaves no file after a restart, and can be repeated", async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, "data");
  const half = 2 * 1024 * 1024;
  let path: string;
  {
    await using bin = await startBin(["--data", data, "--rate-limit", "none"]);
    const headers = { Authorization: `Bearer ${await accessToken(bin)}`, "Content-Type": "application/json" };
    const create = { method: "POST", body: JSON.stringify({ name: "A" }), headers };
    const created = await fetch(`${bin.baseUrl}/v2024/connector-customizers`, create);
    const { id }: { id: string } = JSON.parse(await created.text());
    path = `/v2024/connector-customizers/${id}`;
    const uploads = ["Content-Length: 4194304\r\n\r\n", `Transfer-Encoding: chunked\r\n\r\n400000\r\n`].map(
      async (framing) => {
        const socket = connect(Number(new URL(bin.baseUrl).port), "127.0.0.1");
        socket.on("error", () => {});
        socket.write(`POST ${path}/versions HTTP/1.1\r\nHost: x\r\n`);
        socket.write(`Authorization: ${headers.Authorization}\r\n${framing}`);
        socket.write(Buffer.alloc(half));
        await once(socket.resume(), "close");
      },
    );
    await vi.waitUntil(
      async () => {
        const names = await readdir(`${data}.archives`);
        const sizes = await Promise.all(
          names.map(async (name) => (await stat(join(`${data}.archives`, name))).size),
        );
        return sizes.length === 2 && sizes.every((size) => size === half);
      },
      { timeout: 60_000 },
    );
    expect(await bin.end("SIGKILL")).toBeNull();
    await Promise.all(uploads);
  }
  expect(await readdir(`${data}.archives`)).toHaveLength(2);

  await using tenant = await startMockTenant({ data });
  expect(await readdir(`${data}.archives`)).toEqual([]);
  expect(tenant.versions).toEqual([]);
  const headers = { Authorization: `Bearer ${await accessToken(tenant)}` };
  const customizer = await fetch(tenant.baseUrl + path, { headers });
  expect(await customizer.json()).not.toHaveProperty("imageVersion");
  const again = await fetch(`${tenant.baseUrl}${path}/versions`, { method: "POST", body: zip(), headers });
  expect(await again.json()).toHaveProperty("version", 1);
});

test("a tenant that is killed during seeding is seeded again", async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, "data");
  const child = spawn(process.execPath, [BIN, "--port", "0", "--data", data, "--seed", "1000000"]);
  await vi.waitUntil(async () => (await readdir(folder.path)).includes("data-wal"), { timeout: 60_000 });
  child.kill("SIGKILL");
  await once(child, "exit");
  await using tenant = await startMockTenant({ data, seed: 3 });
  const { customizers, instances } = await readState(tenant);
  expect(customizers).toHaveLength(3);
  expect(instances).toHaveLength(2);
});

test.each([
  ["an upload", "open:after", "absent"],
  ["an upload", "rename:before", "absent"],
  ["an upload", "rename:after", "absent"],
  ["an upload", "run:before", "absent"],
  ["an upload", "run:after", "absent"],
  ["an upload", "COMMIT:before", "absent"],
  ["an upload", "COMMIT:after", "present"],
  ["a delete", "run:before", "present"],
  ["a delete", "run:after", "absent"],
  ["a delete", "rm:before", "absent"],
  ["a delete", "rm:after", "absent"],
])("after a kill during %s at %s, the affected version is %s", async (what, dieAt, fate) => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, "data");
  const path = `/v2024/connector-customizers/${EXAMPLE_ID}`;
  {
    await using tenant = await testTenant({ data, seed: 1 });
    const first = await tenant.call("POST", `${path}/versions`, { body: zip() });
    expect(first.status).toBe(200);
  }
  {
    await using bin = await startBin(["--data", data], dieAt);
    const headers = { Authorization: `Bearer ${await accessToken(bin)}` };
    const call =
      what === "an upload"
        ? fetch(`${bin.baseUrl}${path}/versions`, { method: "POST", body: zip({ a: "b" }), headers })
        : fetch(bin.baseUrl + path, { method: "DELETE", headers });
    await expect(call).rejects.toThrow(TypeError);
    expect(await bin.ended).toBeNull();
  }
  const { customizers, versions } = await restart(data);
  const ofUpload = fate === "present" ? [3, 4] : [3];
  const ofDelete = fate === "present" ? [3] : [];
  expect(versions.map(({ version }) => version)).toEqual(what === "an upload" ? ofUpload : ofDelete);
  expect(customizers.map(({ imageVersion }) => imageVersion)).toEqual(
    versions.slice(-1).map(({ version }) => version),
  );
});
