import { createClient } from "@isc-customizers/client";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customizerZip } from "../../src/customizer-zip.ts";
import { environmentOf, examples, runProgram } from "../program.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sync-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("creates what is missing, uploads what changed, leaves the rest, in each tenant", async () => {
  await using first = await startMockTenant();
  await using second = await startMockTenant();
  const env = {
    FIRST_BASE_URL: first.baseUrl,
    FIRST_CLIENT_ID: first.clientId,
    FIRST_CLIENT_SECRET: first.clientSecret,
    SECOND_BASE_URL: second.baseUrl,
    SECOND_CLIENT_ID: second.clientId,
    SECOND_CLIENT_SECRET: second.clientSecret,
  };
  const sync = async (...tenants: string[]) => {
    const options = tenants.flatMap((tenant) => ["--tenant", tenant]);
    const outcome = await runProgram(
      join(examples, "many-tenants/sync-folder.ts"),
      [folder, ...options],
      env,
    );
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    return outcome.stdout.trim().split("\n");
  };
  await copyFile(customizerZip(), join(folder, "Badges.zip"));
  await copyFile(customizerZip(), join(folder, "Leavers.zip"));

  expect(await sync("FIRST")).toEqual(["FIRST: Badges was created", "FIRST: Leavers was created"]);
  expect(await sync("FIRST", "SECOND")).toEqual([
    "FIRST: Badges is up to date",
    "FIRST: Leavers is up to date",
    "SECOND: Badges was created",
    "SECOND: Leavers was created",
  ]);
  await writeFile(join(folder, "Badges.zip"), zipSync({ "index.js": new TextEncoder().encode("// new") }));
  expect(await sync("FIRST")).toEqual(["FIRST: Badges was updated", "FIRST: Leavers is up to date"]);
  expect(first.versions).toHaveLength(3);
  expect(second.versions).toHaveLength(2);
});

test("uploads nothing after a new build of the same source", async () => {
  await using mock = await startMockTenant();
  const run = () => runProgram(join(examples, "many-tenants/sync-folder.ts"), [folder], environmentOf(mock));
  const build = (mtime: string) =>
    writeFile(
      join(folder, "Badges.zip"),
      zipSync({ "index.js": new TextEncoder().encode("// same") }, { mtime }),
    );
  await build("2026-01-01");
  await run();
  await build("2026-01-02");
  expect((await run()).stdout).toContain("Badges is up to date");
});

test("uploads again what somebody else replaced", async () => {
  await using mock = await startMockTenant();
  const run = () => runProgram(join(examples, "many-tenants/sync-folder.ts"), [folder], environmentOf(mock));
  await run();
  const { baseUrl, clientId, clientSecret } = mock;
  const client = createClient({ baseUrl, auth: { clientId, clientSecret } });
  const [customizer] = await client.listConnectorCustomizers();
  await client.createConnectorCustomizerVersion({ id: customizer?.id ?? "" });
  expect((await run()).stdout).toContain("was updated");
});
