import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createClient } from "@isc-customizers/client";
import { type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasProgram } from "../../../mock-tenant/test/system/system-program.ts";
import { customizerZip } from "../../src/customizer-zip.ts";
import { examples } from "../program.ts";
import { type RedisServer, startRedis } from "./redis-server.ts";

const names = Array.from({ length: 20 }, (_, index) => `TENANT${index + 1}`);

describe.runIf(hasProgram("redis-server"))("a roll-out to 20 tenants with 3 workers", () => {
  let redis: RedisServer;
  let tenants: MockTenant[];
  beforeAll(async () => {
    redis = await startRedis();
    tenants = await Promise.all(names.map(() => startMockTenant()));
  });
  afterAll(async () => {
    await Promise.all(tenants.map((tenant) => tenant.close()));
    await redis[Symbol.asyncDispose]();
  });

  /** Runs the example. Calls `onLine` with each line that it prints. */
  async function rollOut(onLine: (line: string) => void = () => {}) {
    const credentials = tenants.flatMap(({ baseUrl, clientId, clientSecret }, index) => [
      [`${names[index]}_BASE_URL`, baseUrl],
      [`${names[index]}_CLIENT_ID`, clientId],
      [`${names[index]}_CLIENT_SECRET`, clientSecret],
    ]);
    const args = [customizerZip(), "--name", "Everywhere", ...names.flatMap((name) => ["--tenant", name])];
    const child = spawn(process.execPath, [join(examples, "many-tenants/roll-out.ts"), ...args], {
      env: { ...process.env, ...Object.fromEntries(credentials), REDIS_URL: redis.url },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = once(child, "exit");
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      onLine(line);
    }
    const [code] = await exit;
    return { code, lines };
  }

  test("uploads the zip once to each, although a worker is killed on the way", async () => {
    let worker: string | undefined;
    let isKilled = false;
    let page: Promise<string> | undefined;
    const { code, lines } = await rollOut((line) => {
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
    for (const { baseUrl, clientId, clientSecret, versions, requests } of tenants) {
      const client = createClient({ baseUrl, auth: { clientId, clientSecret } });
      const customizers = await client.listConnectorCustomizers();
      expect(customizers.map(({ name, imageVersion }) => [name, imageVersion])).toEqual([["Everywhere", 1]]);
      expect(versions).toHaveLength(1);
      expect(requests.filter(({ status }) => status === 429)).toEqual([]);
    }
  });

  test("uploads a second version when it is run again", async () => {
    expect((await rollOut()).code).toBe(0);
    expect(tenants.map(({ versions }) => versions.length)).toEqual(names.map(() => 2));
  });
});
