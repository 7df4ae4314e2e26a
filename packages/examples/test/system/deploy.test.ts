import { createClient } from "@isc-customizers/client";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { customizerZip } from "../../src/customizer-zip.ts";
import { environmentOf, examples, runProgram } from "../program.ts";
import { startProxy } from "../proxy.ts";

const program = join(examples, "deploy/deploy.ts");
const customizer = join(examples, "../customizer");
const instance = "Badge System";
/** More requests than a deployment has. */
const requests = Array.from({ length: 12 }, (_, index) => index + 1);

async function temporaryFolder(parent: string) {
  const path = await mkdtemp(join(parent, "deploy-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

describe.for([
  ["before the tenant has it", 500],
  ["while the tenant has it", undefined],
] as const)("deploy, killed at a request %s, and run again", ([, status]) => {
  test.for(requests)("request %i", async (fatal) => {
    await using folder = await temporaryFolder(tmpdir());
    await using mock = await startMockTenant({ seed: 1 });
    const abort = new AbortController();
    let count = 0;
    await using proxy = await startProxy(mock.baseUrl, () => {
      count += 1;
      if (count !== fatal) return undefined;
      abort.abort();
      return status;
    });
    const env = environmentOf({ ...mock, baseUrl: proxy.url });
    const args = ["--zip", customizerZip(), "--name", "Example", "--instance", instance];
    args.push("--records", folder.path);
    const run = promisify(execFile)(process.execPath, [program, ...args], {
      env: { ...process.env, ...env },
      signal: abort.signal,
      killSignal: "SIGKILL",
    });
    await run.catch((error: Error) => expect(error.name).toBe("AbortError"));

    expect(await runProgram(program, args, env)).toMatchObject({ code: 0, stderr: "" });
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const deployed = (await client.listConnectorCustomizers()).filter(({ name }) => name === "Example");
    expect(deployed).toHaveLength(1);
    expect(deployed[0]?.imageVersion).toBe(mock.versions.length);
    const linked = (await client.listConnectorInstances()).find(({ name }) => name === instance);
    expect(linked?.connectorCustomizerId).toBe(deployed[0]?.id);
  });
});

test("deploy builds the project first", async () => {
  // Beside the project, because its configuration has relative paths.
  await using project = await temporaryFolder(join(customizer, ".."));
  await using folder = await temporaryFolder(tmpdir());
  await cp(customizer, project.path, {
    recursive: true,
    filter: (path) => !/[/\\](?:node_modules|dist)$/.test(path),
  });
  await symlink(join(customizer, "node_modules"), join(project.path, "node_modules"), "junction");
  await using mock = await startMockTenant();
  const args = ["--project", project.path, "--records", folder.path];
  const { code, stdout, stderr } = await runProgram(program, args, environmentOf(mock));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(
    /^Building account-normalizer 1\.0\.0\n[^]*Deployed "account-normalizer", version 1\n$/,
  );
});
