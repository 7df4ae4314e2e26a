import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { api, filesIn, generate, temporaryFolder } from "../support/harness.ts";

const spec = api(`
paths:
  /planets:
    get: { operationId: listPlanets, tags: [Planets], responses: { "200": { description: All. } } }
`);
const args = ["--spec", "spec.yaml", "--out", "out"];

test("this repository's generated files are up to date", async () => {
  expect(await generate(["--check"])).toEqual({ code: 0, stdout: "", stderr: "" });
});

describe("--check", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let fresh: Map<string, string>;
  const check = () => generate([...args, "--check"], { cwd: folder.path });
  const put = (name: string, text: string) => writeFile(join(folder.path, "out", name), text);
  const files = () => filesIn(join(folder.path, "out"));

  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder.path, "spec.yaml"), spec);
    await generate(args, { cwd: folder.path });
    fresh = await files();
    expect(fresh.size).toBeGreaterThan(10);
  });
  beforeEach(async () => {
    for (const name of (await files()).keys()) if (!fresh.has(name)) await rm(join(folder.path, "out", name));
    for (const [name, text] of fresh) await put(name, text);
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  test("exits with 0, and says nothing, where all is fresh", async () => {
    await put("mine.ts", "// Not generated.\n");
    expect(await check()).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test.for(["methods.ts", "openapi.json", "package.json", "llms.txt", "reference/planets.md", "call.ts"])(
    "names %s where it was edited, and leaves it",
    async (name) => {
      const edited = `${fresh.get(name)} `;
      await put(name, edited);
      const { code, stdout, stderr } = await check();
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toBe(
        `out/${name} is out of date.\n\nRun \`pnpm generate --spec spec.yaml --out out\`, and commit what it writes.\n`,
      );
      expect(await files()).toEqual(new Map([...fresh, [name, edited]]));
    },
  );

  test("names a file that was deleted, and does not write it", async () => {
    await rm(join(folder.path, "out/models.ts"));
    const { code, stderr } = await check();
    expect(code).toBe(1);
    expect(stderr).toContain("out/models.ts is out of date.\n");
    expect(stderr).toContain("pnpm generate");
    expect((await files()).has("models.ts")).toBe(false);
  });

  test("names a generated file that no spec explains any more, and leaves it", async () => {
    await put("reference/moons.md", fresh.get("reference/planets.md") ?? "");
    const { code, stderr } = await check();
    expect(code).toBe(1);
    expect(stderr).toContain("out/reference/moons.md is no longer generated from the spec.\n");
    expect(stderr).toContain("pnpm generate");
    expect((await files()).has("reference/moons.md")).toBe(true);
  });

  test("names every stale file after a change of the spec, and writes none", async () => {
    await writeFile(join(folder.path, "spec.yaml"), spec.replaceAll("listPlanets", "findPlanets"));
    const { code, stderr } = await check();
    await writeFile(join(folder.path, "spec.yaml"), spec);
    expect(code).toBe(1);
    for (const name of ["methods.ts", "operations.ts", "schema.ts", "openapi.json", "reference/planets.md"])
      expect(stderr).toContain(`out/${name} is out of date.\n`);
    expect(stderr).not.toContain("models.ts");
    expect(await files()).toEqual(fresh);
  });
});
