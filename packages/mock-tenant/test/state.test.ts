import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test, vi } from "vitest";
import { DataFileError, PortInUseError, startMockTenant } from "../src/index.ts";
import { startBin } from "./bin-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { EXAMPLE_ID, json, testTenant, zip } from "./tenant.ts";
import type { TestTenant } from "./tenant.ts";

const COLLECTION = "/v2024/connector-customizers";
const INSTANCES = "/beta/connector-instances";
const BADGES = "c3a94e17-6b2d-4f58-9e01-d85b7a20f64c";

interface Customizer {
  readonly id: string;
  readonly name?: string;
  readonly tenantID: string;
}

async function create({ call }: TestTenant, name: string): Promise<Customizer> {
  return JSON.parse(await (await call("POST", COLLECTION, json({ name }))).text());
}

async function list({ call }: TestTenant): Promise<Customizer[]> {
  return JSON.parse(await (await call("GET", COLLECTION)).text());
}

async function upload({ call }: TestTenant, id: string, body: Uint8Array<ArrayBuffer>): Promise<number> {
  return (await call("POST", `${COLLECTION}/${id}/versions`, { body })).status;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Every file under a folder, with the hash of its contents. */
async function snapshot(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path, entry.isFile() ? sha256(await readFile(path)) : "folder"] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

describe("a data file keeps after a restart", () => {
  test.each([
    ["a NUL", "before\0after"],
    ["a lone high surrogate", "\ud800"],
    ["a lone low surrogate", "x\udfffy"],
    ["an emoji", "👩🏽‍🚀"],
    ["noncharacters", "\ufffe\uffff\u{10ffff}"],
    ["no characters", ""],
    ["a name of the prototype", "__proto__"],
    ["SQL", `'; DROP TABLE customizer; --"`],
    ["JSON", '{"name":"\\u0000"}'],
    ["line ends", "\r\n\u2028\u2029"],
    ["right to left", "\u202eשלום"],
    ["a byte order mark", "\ufeffA"],
    ["300,000 characters", "名".repeat(300_000)],
  ])("a name with %s", async (_, name) => {
    await using folder = await temporaryFolder();
    const data = join(folder.path, "data");
    let before: Customizer[];
    {
      await using tenant = await testTenant({ data });
      await create(tenant, name);
      const { id } = await create(tenant, "old");
      expect((await tenant.call("PUT", `${COLLECTION}/${id}`, json({ name }))).status).toBe(200);
      before = await list(tenant);
      expect(before.map((customizer) => customizer.name)).toEqual([name, name]);
    }
    await using tenant = await testTenant({ data });
    expect(await list(tenant)).toEqual(before);
  });

  test("ids, versions, archives and links", async () => {
    await using folder = await temporaryFolder();
    const data = join(folder.path, "data");
    const archives = [zip({ "a.js": "1" }), new Uint8Array(), zip({ "b.js": "2".repeat(100_000) })];
    const read = async (tenant: TestTenant) => ({
      customizers: await list(tenant),
      instances: await (await tenant.call("GET", INSTANCES)).json(),
      versions: tenant.mock.versions,
    });
    let before: Awaited<ReturnType<typeof read>>;
    {
      await using tenant = await testTenant({ data, seed: 2 });
      const { id } = await create(tenant, "A");
      for (const archive of archives) expect(await upload(tenant, id, archive)).toBe(200);
      expect(await upload(tenant, EXAMPLE_ID, zip())).toBe(200);
      const link = [{ op: "replace", path: "/connectorCustomizerId", value: id }];
      const patch = { ...json(link), headers: { "Content-Type": "application/json-patch+json" } };
      expect((await tenant.call("PATCH", `${INSTANCES}/${BADGES}`, patch)).status).toBe(200);
      before = await read(tenant);
      expect(before.instances).toContainEqual({
        id: BADGES,
        name: "Badge System",
        connectorCustomizerId: id,
      });
    }
    await using tenant = await testTenant({ data });
    expect(await read(tenant)).toEqual(before);
    const { versions } = tenant.mock;
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3, 3]);
    for (const [index, archive] of [...archives, zip()].entries()) {
      expect(await readFile(versions[index]?.file ?? "")).toEqual(Buffer.from(archive));
      expect(versions[index]?.archive).toMatchObject({ sha256: sha256(archive), size: archive.length });
    }
    // Version numbers continue.
    expect(await upload(tenant, versions[0]?.customizerId ?? "", zip())).toBe(200);
    expect(tenant.mock.versions.at(-1)?.version).toBe(4);
    expect(new Set((await list(tenant)).map(({ tenantID }) => tenantID)).size).toBe(1);
    expect((await create(tenant, "B")).tenantID).toBe(before.customizers[0]?.tenantID);
  });

  test("its customizers, and is not seeded again", async () => {
    await using folder = await temporaryFolder();
    const data = join(folder.path, "data");
    {
      await using tenant = await testTenant({ data, seed: 2 });
      const [first, second] = await list(tenant);
      expect(first?.id).toBe(EXAMPLE_ID);
      expect((await tenant.call("DELETE", `${COLLECTION}/${EXAMPLE_ID}`)).status).toBe(204);
      expect(await list(tenant)).toEqual([second]);
    }
    {
      await using tenant = await testTenant({ data, seed: 5 });
      const left = await list(tenant);
      expect(left).toHaveLength(1);
      expect((await tenant.call("DELETE", `${COLLECTION}/${left[0]?.id}`)).status).toBe(204);
    }
    // An empty tenant is not new.
    await using tenant = await testTenant({ data, seed: 5 });
    expect(await list(tenant)).toEqual([]);
    expect(await (await tenant.call("GET", INSTANCES)).json()).toHaveLength(2);
  });
});

describe("the folder of archives", () => {
  test("has no archive of a deleted customizer", async () => {
    await using folder = await temporaryFolder();
    const data = join(folder.path, "data");
    await using tenant = await testTenant({ data, seed: 1 });
    const { id } = await create(tenant, "A");
    for (const owner of [id, EXAMPLE_ID, id]) expect(await upload(tenant, owner, zip())).toBe(200);
    expect(await readdir(`${data}.archives`)).toHaveLength(3);
    expect((await tenant.call("DELETE", `${COLLECTION}/${id}`)).status).toBe(204);
    const [left] = tenant.mock.versions;
    expect(await readdir(`${data}.archives`)).toEqual([`${left?.imageId}.zip`]);
  });

  test("loses incomplete and orphaned archives at the start", async () => {
    await using folder = await temporaryFolder();
    const data = join(folder.path, "data");
    {
      await using tenant = await testTenant({ data, seed: 1 });
      expect(await upload(tenant, EXAMPLE_ID, zip())).toBe(200);
    }
    const kept = await readdir(`${data}.archives`);
    await writeFile(join(`${data}.archives`, "left.part"), "PK");
    await writeFile(join(`${data}.archives`, `${"0".repeat(32)}.zip`), zip());
    await mkdir(join(`${data}.archives`, "folder", "in", "folder"), { recursive: true });
    await using tenant = await testTenant({ data });
    expect(await readdir(`${data}.archives`)).toEqual(kept);
    expect(await readFile(tenant.mock.versions[0]?.file ?? "")).toEqual(Buffer.from(zip()));
  });

  test("of a tenant in memory is created at the first upload and removed by close", async () => {
    await using folder = await temporaryFolder();
    vi.stubEnv("TMPDIR", folder.path);
    try {
      await using tenant = await testTenant({ seed: 1 });
      expect(await readdir(folder.path)).toEqual([]);
      expect(await upload(tenant, EXAMPLE_ID, zip())).toBe(200);
      expect(await readFile(tenant.mock.versions[0]?.file ?? "")).toEqual(Buffer.from(zip()));
      await tenant.mock.close();
      expect(await readdir(folder.path)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe("a data file is refused and left unchanged", () => {
  function makeDatabase(file: string, sql: string): void {
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  }

  test.each<[string, (file: string) => Promise<void> | void, RegExp]>([
    [
      "that is a database of another application",
      (file) => makeDatabase(file, "CREATE TABLE t (x); INSERT INTO t VALUES (1)"),
      /is a database of another application\. Name a new file or the data file of a mock tenant\.$/,
    ],
    [
      "that is a database of another application with a write-ahead log",
      (file) => makeDatabase(file, "PRAGMA journal_mode = WAL; CREATE TABLE t (x)"),
      /is a database of another application/,
    ],
    [
      "that is not a database",
      (file) => writeFile(file, "text\n".repeat(1000)),
      /is damaged or is not a database\./,
    ],
    [
      "whose database is cut short",
      async (file) => {
        await (await startMockTenant({ data: file, seed: 1000 })).close();
        await writeFile(file, (await readFile(file)).subarray(0, 5000));
      },
      /is damaged or is not a database\./,
    ],
    ["that is a folder", (file) => mkdir(file), /cannot be opened\. Name a file/],
    [
      "of a newer version",
      async (file) => {
        await (await startMockTenant({ data: file, seed: 1 })).close();
        makeDatabase(file, "PRAGMA user_version = 2");
      },
      /was written by another version of the mock tenant\. Use that version, or name a new file\.$/,
    ],
    [
      "whose folder of archives is a file",
      async (file) => {
        await (await startMockTenant({ data: file })).close();
        const archives = `${file}.archives`;
        await rm(archives, { recursive: true });
        await writeFile(archives, "");
      },
      /has a folder of archives that cannot be used: EEXIST/,
    ],
  ])("%s", async (_, make, message) => {
    await using folder = await temporaryFolder();
    const data = join(folder.path, "data");
    await make(data);
    const before = await snapshot(folder.path);
    const start = startMockTenant({ data, seed: 1 });
    await expect(start).rejects.toThrow(DataFileError);
    await expect(start).rejects.toMatchObject({ file: data, message: expect.stringMatching(message) });
    expect(await snapshot(folder.path)).toEqual(before);
  });

  test("in a folder that does not exist", async () => {
    await using folder = await temporaryFolder();
    const start = startMockTenant({ data: join(folder.path, "missing", "data") });
    await expect(start).rejects.toThrow(DataFileError);
    await expect(start).rejects.toThrow(/cannot be opened\. Name a file \(not a folder\) in an existing/);
    expect(await readdir(folder.path)).toEqual([]);
  });

  test("while another tenant of the same process uses it", async () => {
    await using folder = await temporaryFolder();
    const data = join(folder.path, "data");
    await using tenant = await testTenant({ data, seed: 1 });
    expect(await upload(tenant, EXAMPLE_ID, zip())).toBe(200);
    const before = await list(tenant);
    const start = startMockTenant({ data, seed: 3 });
    await expect(start).rejects.toThrow(DataFileError);
    await expect(start).rejects.toThrow(
      /is in use by another mock tenant\. Stop that mock tenant, or name another/,
    );
    expect(await list(tenant)).toEqual(before);
    expect(await upload(tenant, EXAMPLE_ID, zip())).toBe(200);
    expect(await readdir(`${data}.archives`)).toHaveLength(2);
  });

  test("while another process uses it", async () => {
    await using folder = await temporaryFolder();
    const data = join(folder.path, "data");
    {
      await using bin = await startBin(["--data", data, "--seed", "2"]);
      const before = await snapshot(folder.path);
      await expect(startMockTenant({ data })).rejects.toThrow(DataFileError);
      await expect(startMockTenant({ data })).rejects.toThrow(/is in use by another mock tenant/);
      expect(await snapshot(folder.path)).toEqual(before);
      expect(await bin.end("SIGTERM")).toBe(0);
    }
    await using tenant = await testTenant({ data });
    expect(await list(tenant)).toHaveLength(2);
  });
});

test("names with a special meaning in SQLite are ordinary files", async () => {
  await using folder = await temporaryFolder();
  for (const name of [":memory:", "file:data?mode=memory"]) {
    const working = vi.spyOn(process, "cwd").mockReturnValue(folder.path);
    try {
      await using tenant = await testTenant({ data: name });
      await create(tenant, name);
    } finally {
      working.mockRestore();
    }
    await using tenant = await testTenant({ data: join(folder.path, name) });
    expect((await list(tenant)).map((customizer) => customizer.name)).toEqual([name]);
  }
  await expect(startMockTenant({ data: "" })).rejects.toThrow(TypeError);
});

test("a tenant that cannot listen releases its data file", async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, "data");
  await using other = await startMockTenant();
  const port = Number(new URL(other.baseUrl).port);
  await expect(startMockTenant({ data, port, seed: 1 })).rejects.toThrow(PortInUseError);
  await using tenant = await testTenant({ data });
  expect(await list(tenant)).toHaveLength(1);
});

test("a tenant with an unusable folder of archives releases its data file", async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, "data");
  await writeFile(`${data}.archives`, "");
  await expect(startMockTenant({ data })).rejects.toThrow(DataFileError);
  await rm(`${data}.archives`);
  await using tenant = await testTenant({ data });
  expect(await list(tenant)).toEqual([]);
});
