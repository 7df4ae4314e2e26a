import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createClient } from "@isc-customizers/client";
import { type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customizerZip } from "../../src/customizer-zip.ts";
import { environmentOf, examples } from "../program.ts";

/** Starts a back end, and returns its address when it listens. */
async function start(name: string, mock: MockTenant): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(examples, "servers", `${name}.ts`)], {
    env: { ...process.env, ...environmentOf(mock), PORT: "0" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  for await (const line of createInterface(child.stdout)) {
    const url = /^listening on (http:\S+)/.exec(line)?.[1];
    if (url !== undefined) return { url, child };
  }
  throw new Error(`${name} ended before it listened.`);
}

describe.each(["express", "hono", "fastify"])("the back end with %s", (name) => {
  let mock: MockTenant;
  let url: string;
  let child: ChildProcess;
  beforeAll(async () => {
    mock = await startMockTenant({ seed: 2 });
    ({ url, child } = await start(name, mock));
  });
  afterAll(async () => {
    child.kill("SIGKILL");
    await mock.close();
  });

  test("lists the customizers", async () => {
    const response = await fetch(`${url}/customizers`);
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveLength(2);
  });

  test("passes an upload on, and the version back", async () => {
    const { baseUrl, clientId, clientSecret } = mock;
    const client = createClient({ baseUrl, auth: { clientId, clientSecret } });
    const { id } = await client.createConnectorCustomizer({ body: { name: "Uploaded" } });
    const zip = await readFile(customizerZip());
    const response = await fetch(`${url}/customizers/${id}/versions`, {
      method: "POST",
      headers: { "Content-Type": "application/zip" },
      body: zip,
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ version: 1 });
    expect(mock.versions.at(-1)?.archive.size).toBe(zip.byteLength);
  });

  test("answers with the tenant's 404, and hides its other errors", async () => {
    const upload = (id: string) =>
      fetch(`${url}/customizers/${id}/versions`, {
        method: "POST",
        headers: { "Content-Type": "application/zip" },
        body: new Uint8Array([0x50, 0x4b, 3, 4]),
      });
    expect((await upload("unknown")).status).toBe(404);
    mock.faults.add({ kind: "status", status: 403, match: { operationId: "listConnectorCustomizers" } });
    const response = await fetch(`${url}/customizers`);
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ error: "The tenant cannot be used." });
  });

  test("answers an upload that the tenant rejects before it has read all of it", async () => {
    mock.faults.add({
      kind: "status",
      status: 400,
      match: { operationId: "createConnectorCustomizerVersion" },
    });
    const zip = new Uint8Array(50_000_000);
    zip.set([0x50, 0x4b, 3, 4]);
    const response = await fetch(`${url}/customizers/unknown/versions`, {
      method: "POST",
      headers: { "Content-Type": "application/zip" },
      body: zip,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty("error");
  });

  test("stops when it is told to", { skip: process.platform === "win32" }, async () => {
    const exit = once(child, "exit");
    child.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
  });
});
