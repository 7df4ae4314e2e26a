import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createClient } from "@isc-customizers/client";
import { type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { zipSync } from "fflate";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasProgram } from "../../../mock-tenant/test/system/system-program.ts";
import { examples, runProgram } from "../program.ts";
import { type RedisServer, startRedis } from "./redis-server.ts";

const program = join(examples, "many-tenants/roll-out.ts");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "roll-out-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a zip whose contents are these. */
async function archive(contents: string): Promise<string> {
  const path = join(folder, `${contents}.zip`);
  await writeFile(path, zipSync({ "index.js": new TextEncoder().encode(`// ${contents}`) }));
  return path;
}

/** The variables of the tenants `TENANT1`, `TENANT2` and so on. */
function environmentOf(tenants: readonly MockTenant[]): NodeJS.ProcessEnv {
  return Object.fromEntries(
    tenants.flatMap(({ baseUrl, clientId, clientSecret }, index) => [
      [`TENANT${index + 1}_BASE_URL`, baseUrl],
      [`TENANT${index + 1}_CLIENT_ID`, clientId],
      [`TENANT${index + 1}_CLIENT_SECRET`, clientSecret],
    ]),
  );
}

describe.runIf(hasProgram("redis-server"))("with Redis", () => {
  let redis: RedisServer;
  let tenants: MockTenant[];
  beforeEach(async () => {
    redis = await startRedis();
    tenants = [];
  });
  afterEach(async () => {
    await Promise.all(tenants.map((tenant) => tenant.close()));
    await redis[Symbol.asyncDispose]();
  });

  async function startTenants(count: number): Promise<void> {
    tenants = await Promise.all(Array.from({ length: count }, () => startMockTenant()));
  }

  /** Starts so many tenants that three workers need several seconds. */
  async function startSlowTenants(): Promise<void> {
    await startTenants(20);
    const match = { operationId: "listConnectorCustomizers" };
    for (const { faults } of tenants) faults.add({ kind: "slow-body", milliseconds: 1000, match });
  }

  const uploads = () => tenants.map(({ versions }) => versions.length);

  /** Runs the example. Calls `onLine` with each line that it prints, and with its process. */
  async function rollOut(
    zip: string,
    onLine: (line: string, pid: number) => void = () => {},
    ...options: readonly string[]
  ) {
    const prefixes = tenants.flatMap((_, index) => ["--tenant", `TENANT${index + 1}`]);
    const child = spawn(process.execPath, [program, zip, "--name", "Everywhere", ...prefixes, ...options], {
      env: { ...process.env, ...environmentOf(tenants), REDIS_URL: redis.url },
      // Also inherited by the workers, so the output ends when all of them have ended.
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = once(child, "exit");
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      onLine(line, child.pid ?? 0);
    }
    const [code] = await exit;
    return { code, lines };
  }

  test("uploads the zip once to each of 20 tenants, although a worker is killed on the way", async () => {
    await startTenants(20);
    let worker: string | undefined;
    let isKilled = false;
    let page: Promise<string> | undefined;
    const { code, lines } = await rollOut(await archive("first"), (line) => {
      worker ??= /^worker (\d+) has started/.exec(line)?.[1];
      const url = /^The progress is on (\S+)/.exec(line)?.[1];
      if (url !== undefined) page = fetch(url).then((response) => response.text());
      if (!isKilled && / [1-9]\d* running/.test(line)) {
        process.kill(Number(worker), "SIGKILL");
        isKilled = true;
      }
    });
    expect(code).toBe(0);
    expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/^worker \d+ was killed$/)]));
    expect(lines.at(-1)).toBe("20 of 20 done, 0 running, 0 failed");
    expect(await page).toContain("<td>TENANT20</td>");
    for (const { baseUrl, clientId, clientSecret, requests } of tenants) {
      const client = createClient({ baseUrl, auth: { clientId, clientSecret } });
      const customizers = await client.listConnectorCustomizers();
      expect(customizers.map(({ name, imageVersion }) => [name, imageVersion])).toEqual([["Everywhere", 1]]);
      expect(requests.filter(({ status }) => status === 429)).toEqual([]);
    }
    expect(uploads()).toEqual(tenants.map(() => 1));
  });

  test("uploads nothing when it is run again, and another archive as the next version", async () => {
    await startTenants(3);
    expect((await rollOut(await archive("first"))).code).toBe(0);
    expect((await rollOut(await archive("first"))).code).toBe(0);
    expect(uploads()).toEqual([1, 1, 1]);
    expect((await rollOut(await archive("second"))).code).toBe(0);
    expect(uploads()).toEqual([2, 2, 2]);
  });

  test("continues after it was killed, and leaves no worker behind", async () => {
    await startSlowTenants();
    const zip = await archive("first");
    const { code } = await rollOut(zip, (line, pid) => {
      if (/ [1-9]\d* running/.test(line)) process.kill(pid, "SIGKILL");
    });
    expect(code).toBeNull();
    const before = uploads();
    expect(before).toContain(0);
    const { lines } = await rollOut(zip);
    expect(lines.at(-1)).toBe("20 of 20 done, 0 running, 0 failed");
    expect(uploads()).toEqual(tenants.map(() => 1));
  });

  test("replaces the archive of an interrupted roll-out", async () => {
    await startSlowTenants();
    await rollOut(await archive("first"), (line, pid) => {
      if (/ [1-9]\d* running/.test(line)) process.kill(pid, "SIGKILL");
    });
    const before = uploads();
    expect((await rollOut(await archive("second"))).code).toBe(0);
    expect(uploads()).toEqual(before.map((count) => count + 1));
  });

  test("does not upload again what arrived before its worker was killed", async () => {
    await startTenants(1);
    const [tenant] = tenants;
    tenant?.faults.add({
      kind: "slow-body",
      milliseconds: 60_000,
      match: { operationId: "createConnectorCustomizerVersion" },
    });
    const zip = await archive("first");
    let killed: Promise<boolean> | undefined;
    const { code } = await rollOut(
      zip,
      (line) => {
        const worker = /^worker (\d+) has started/.exec(line)?.[1];
        const arrived = () => expect.poll(uploads, { timeout: 30_000 }).toEqual([1]);
        if (worker !== undefined) killed = arrived().then(() => process.kill(Number(worker), "SIGKILL"));
      },
      "--workers",
      "1",
    );
    await killed;
    expect(code).toBe(1);
    expect((await rollOut(zip)).code).toBe(0);
    expect(uploads()).toEqual([1]);
  });

  test("reports a port that is in use, and ends", async () => {
    await startTenants(1);
    const port = new URL(tenants[0]?.baseUrl ?? "").port;
    const { code, lines } = await rollOut(await archive("first"), undefined, "--port", port);
    expect({ code, lines }).toEqual({ code: 1, lines: [] });
  });

  test("tries a failed tenant again when it is run again, and uploads nothing to the others", async () => {
    await startTenants(2);
    tenants[1]?.faults.add({
      kind: "status",
      status: 403,
      match: { operationId: "listConnectorCustomizers" },
      times: 5,
    });
    expect((await rollOut(await archive("first"))).code).toBe(1);
    expect(uploads()).toEqual([1, 0]);
    expect((await rollOut(await archive("first"))).code).toBe(0);
    expect(uploads()).toEqual([1, 1]);
  });
});

test("reports that Redis cannot be reached, without its password", async () => {
  const tenant = await startMockTenant();
  const env = { ...environmentOf([tenant]), REDIS_URL: "redis://user:secret@127.0.0.1:1" };
  const args = [await archive("first"), "--name", "Everywhere", "--tenant", "TENANT1"];
  const { code, stderr } = await runProgram(program, args, env);
  await tenant.close();
  expect(code).toBe(1);
  expect(stderr).toContain("127.0.0.1:1");
  expect(stderr).not.toContain("secret");
});

test("names every missing variable before it starts a worker", async () => {
  const args = [await archive("first"), "--name", "Everywhere", "--tenant", "A", "--tenant", "B"];
  const { code, stdout, stderr } = await runProgram(program, args, { A_BASE_URL: "https://a.example" });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("A_CLIENT_ID, A_CLIENT_SECRET, B_BASE_URL, B_CLIENT_ID, B_CLIENT_SECRET");
});

test.each([
  ["no zip", ["--name", "Everywhere"]],
  ["no name", ["a.zip"]],
  ["no number of workers", ["a.zip", "--name", "Everywhere", "--workers", "abc"]],
  ["no worker", ["a.zip", "--name", "Everywhere", "--workers", "0"]],
  ["a port that does not exist", ["a.zip", "--name", "Everywhere", "--port", "65536"]],
])("rejects %s with its usage", async (_, args) => {
  expect(await runProgram(program, args)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Usage:"),
  });
});
