import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { output, run } from "./support/command.ts";
import { copySources } from "./support/repository-copy.ts";
import type { TemporaryFolder } from "./support/temporary-folder.ts";

// The commands that people type, in a fresh clone. The first of them finds nothing installed, so the order matters.
const timeout = 600_000;

let clone: TemporaryFolder;
beforeAll(async () => void (clone = await copySources()));
afterAll(() => clone[Symbol.asyncDispose]());

const pnpm = (...args: readonly string[]) => output("pnpm", args, { cwd: clone.path });
const has = (path: string) =>
  access(join(clone.path, path)).then(
    () => true,
    () => false,
  );

test("demo installs what it needs and no tool for tests, and shows its steps", { timeout }, async () => {
  const shown = await pnpm("demo");
  const steps = Array.from(shown.matchAll(/^ {2}(\w+) +[\d.]+ m?s/gm), ([, step]) => step);
  const preparation = "install generate build package";
  const life = "zip create upload list get rename upload delete get";
  expect(steps.join(" ")).toBe(`${preparation} ${life}`);
  expect(shown.slice(shown.indexOf("\nNext:")).trim().split("\n")).toHaveLength(4);
  expect(shown).not.toMatch(/turbo/i);
  for (const tool of ["vitest", "turbo", "oxlint", "prettier", "@changesets"])
    expect(await has(`node_modules/${tool}`), tool).toBe(false);
  expect((await readdir(join(clone.path, "node_modules/.pnpm"))).length).toBeLessThan(300);
});

test("demo runs again, and packages the customizer only after a change", { timeout }, async () => {
  expect(await pnpm("demo")).not.toContain("package ");
  await writeFile(
    join(clone.path, "packages/examples/customizer/src/normalize-account.ts"),
    `${await readFile(join(clone.path, "packages/examples/customizer/src/normalize-account.ts"), "utf8")}\n`,
  );
  expect(await pnpm("demo")).toContain("package ");
});

test("demo shows the output of a step that fails, and fails", { timeout }, async () => {
  const file = join(clone.path, "packages/client/src/version.ts");
  const source = await readFile(file, "utf8");
  await writeFile(file, `${source}export const broken = ;\n`);
  const { code, stdout } = await run("pnpm", ["demo"], { cwd: clone.path });
  await writeFile(file, source);
  expect(code).not.toBe(0);
  expect(stdout).toMatch(/build .+ FAILED[^]+version\.ts/);
});

test(
  "build, lint and typecheck install the rest by themselves, and build removes older files",
  { timeout },
  async () => {
    await writeFile(join(clone.path, "packages/client/dist/deleted-module.js"), "");
    await pnpm("build");
    expect(await has("packages/client/dist/index.js")).toBe(true);
    expect(await has("packages/client/dist/deleted-module.js")).toBe(false);
    expect(await has("node_modules/vitest")).toBe(true);
    await pnpm("lint");
    await pnpm("typecheck");
  },
);

test("demo keeps a full install", { timeout }, async () => {
  await pnpm("demo");
  expect(await has("node_modules/vitest")).toBe(true);
});

test("format formats every file", { timeout }, async () => {
  const file = join(clone.path, "packages/client/src/version.ts");
  const source = await readFile(file, "utf8");
  await writeFile(file, source.replace(" = ", "="));
  await pnpm("format");
  expect(await readFile(file, "utf8")).toBe(source);
});

test("test:unit runs the tests in the files that it is given", { timeout }, async () => {
  const shown = await pnpm("test:unit", "client/test/transport/retry-policy");
  expect(shown).toContain("packages/client/test/transport/retry-policy.test.ts");
  expect(shown).toMatch(/Test Files.*1 passed/);
});

test("pack:all writes a tarball for each package, and says how to install them", { timeout }, async () => {
  await writeFile(join(clone.path, "packages/client/dist/deleted-module.js"), "");
  const shown = await pnpm("pack:all");
  expect(await has("packages/client/dist/deleted-module.js")).toBe(false);
  const tarballs = await readdir(join(clone.path, "dist"));
  expect(tarballs.map((name) => name.replace(/-\d.*/, "")).toSorted()).toEqual(
    ["client", "mock-tenant", "types"].map((name) => `isc-customizers-${name}`),
  );
  for (const tarball of tarballs) expect(shown).toContain(join(clone.path, "dist", tarball));
});

test("example prints the output of the example alone on stdout", { timeout }, async () => {
  expect(await pnpm("example", "csv-report")).toMatch(/^id,name,version,created,instances\n/);
});

test("dev builds again after an edit", { timeout }, async () => {
  // Turborepo watches the files of a Git repository.
  await output("git", ["init", "--quiet"], { cwd: clone.path });
  const child = spawn("pnpm", ["run", "dev"], { cwd: clone.path, stdio: "ignore", detached: true });
  const closed = once(child, "close");
  try {
    const file = join(clone.path, "packages/client/src/version.ts");
    const source = await readFile(file, "utf8");
    // A build deletes the file before it writes it.
    const isBuilt = async () =>
      (await readFile(join(clone.path, "packages/client/dist/index.js"), "utf8").catch(() => "")).includes(
        "edit ",
      );
    // An edit that comes before the watcher is ready is lost, so there are several, with time for a build in between.
    for (let edits = 1; !(await isBuilt()); edits++) {
      await writeFile(file, source.replace(/"[^"]*"/, `"edit ${edits}"`));
      await vi.waitUntil(isBuilt, { timeout: 30_000 }).catch(() => {});
    }
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid);
    await closed;
  }
});
