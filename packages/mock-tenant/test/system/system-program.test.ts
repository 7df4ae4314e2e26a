import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { findProgram } from "./system-program.ts";

afterEach(() => vi.unstubAllEnvs());

test("findProgram prefers earlier names, then earlier folders of the PATH", async () => {
  const [first, second] = [await mkdtemp(join(tmpdir(), "path-")), await mkdtemp(join(tmpdir(), "path-"))];
  for (const path of [join(first, "b"), join(second, "b"), join(second, "a")]) {
    await writeFile(path, "");
    await chmod(path, 0o755);
  }
  await writeFile(join(first, "no-program"), "");
  vi.stubEnv("PATH", [first, second].join(delimiter));
  expect(findProgram("b")).toBe(join(first, "b"));
  expect(findProgram("a", "b")).toBe(join(second, "a"));
  expect(findProgram("none", "b")).toBe(join(first, "b"));
  expect(findProgram("none")).toBeUndefined();
  expect(findProgram("no-program")).toBeUndefined();
  for (const folder of [first, second]) await rm(folder, { recursive: true });
});
