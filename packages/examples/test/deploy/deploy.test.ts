import { createClient } from "@isc-customizers/client";
import { type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { zipSync } from "fflate";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { environmentOf, examples, type Outcome, runProgram } from "../program.ts";

const program = join(examples, "deploy/deploy.ts");
const instance = "Badge System";

let mock: MockTenant;
let folder: string;
beforeEach(async () => {
  mock = await startMockTenant({ seed: 1 });
  folder = await mkdtemp(join(tmpdir(), "deploy-"));
});
afterEach(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

describe("deploy", () => {
  test("creates the customizer, uploads the zip, links the instance, and says so in plain lines", async () => {
    const sha256 = await archive("a.zip");
    const { code, stdout, stderr } = await deploy("a.zip", "--instance", instance);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.split("\n")).toEqual([
      'Creating "Example"',
      "Uploading: 0 %",
      "Uploading: 100 %",
      `Linking "${instance}"`,
      'Deployed "Example", version 1',
      "",
    ]);
    expect(await state()).toEqual({ versions: [sha256], linked: true });
  });

  test("changes nothing when it is run again", async () => {
    const sha256 = await archive("a.zip");
    await deploy("a.zip", "--instance", instance);
    const before = mock.requests.length;
    expect(await deploy("a.zip", "--instance", instance)).toMatchObject({ code: 0, stderr: "" });
    expect(await state()).toEqual({ versions: [sha256], linked: true });
    const methods = mock.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
    expect(methods.filter((line) => !/^GET |oauth/.test(line))).toEqual([]);
  });

  test("uploads another archive as the next version", async () => {
    const versions = [await archive("a.zip"), await archive("b.zip")];
    await deploy("a.zip");
    expect(await deploy("b.zip")).toMatchObject({ code: 0, stderr: "" });
    expect(await state()).toEqual({ versions, linked: false });
  });

  test("keeps only the record and the last archive that passed", async () => {
    for (const zip of ["a.zip", "b.zip"]) {
      await archive(zip);
      await deploy(zip);
    }
    const customizers = await client().listConnectorCustomizers();
    const id = customizers.find(({ name }) => name === "Example")?.id;
    const kept = await readdir(join(folder, "records"));
    expect(kept.toSorted()).toEqual([expect.stringMatching(`^${id}\\.[\\da-f]{64}\\.zip$`), `${id}.json`]);
  });

  test("passes the customizer's id to the check", async () => {
    await archive("a.zip");
    const outcome = await deploy("a.zip", "--check", `node -p process.env.CUSTOMIZER_ID`);
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stdout).toMatch(/^[\da-f-]{36}$/m);
  });

  test("puts the previous archive back when the check fails, and the links", async () => {
    const [first, second] = [await archive("a.zip"), await archive("b.zip")];
    await deploy("a.zip");
    const outcome = await deploy("b.zip", "--instance", instance, "--check", "exit 3");
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain("The check failed with 3");
    expect(await state()).toEqual({ versions: [first, second, first], linked: false });
    expect(await deploy("b.zip")).toMatchObject({ code: 0 });
    expect((await state()).versions).toEqual([first, second, first, second]);
  });

  test("reports that no earlier archive exists when the check of the first deployment fails", async () => {
    await archive("a.zip");
    const outcome = await deploy("a.zip", "--check", "exit 1");
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain("no earlier archive");
  });

  test.for([
    ["a name that two customizers have", [], /Several customizers have the name "Example": \S+, \S+\./],
    ["an unknown instance", ["--instance", "Nothing"], /no connector instance "Nothing"/],
  ] as const)("rejects %s", async ([title, args, message]) => {
    await archive("a.zip");
    const count = title.startsWith("a name") ? 2 : 0;
    for (let n = 0; n < count; n++) await client().createConnectorCustomizer({ body: { name: "Example" } });
    const outcome = await deploy("a.zip", ...args);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(message);
    expect((await state()).linked).toBe(false);
  });

  test("explains its options, and that a zip needs a name", async () => {
    expect(await runProgram(program, ["--help"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("--check"),
    });
    const outcome = await runProgram(program, ["--zip", "a.zip"]);
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining("--zip needs --name") });
  });
});

function client() {
  return createClient({ baseUrl: mock.baseUrl, auth: mock });
}

async function deploy(zip: string, ...options: readonly string[]): Promise<Outcome> {
  const args = ["--zip", join(folder, zip), "--name", "Example", "--records", join(folder, "records")];
  return await runProgram(program, [...args, ...options], environmentOf(mock));
}

/** Writes a zip, each with another content. @returns its SHA-256 */
async function archive(name: string): Promise<string> {
  const bytes = zipSync({ "index.js": new TextEncoder().encode(`// ${name}`) });
  await writeFile(join(folder, name), bytes);
  return createHash("sha256").update(bytes).digest("hex");
}

/** The archives that were uploaded, by version, and whether the instance is linked to their customizer. */
async function state() {
  const instances = await client().listConnectorInstances();
  const linked = instances.find(({ name }) => name === instance)?.connectorCustomizerId;
  const customizers = await client().listConnectorCustomizers();
  return {
    versions: mock.versions
      .toSorted((a, b) => a.version - b.version)
      .map(({ archive: { sha256 } }) => sha256),
    linked: customizers.some(({ id, name }) => name === "Example" && id === linked),
  };
}
