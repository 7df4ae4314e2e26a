import { on } from "node:events";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { expect, test, vi } from "vitest";
import { api, filesIn, startGenerate, temporaryFolder } from "../support/harness.ts";

const spec = api(`
paths:
  /planets:
    get:
      operationId: listPlanets
      responses: { "200": { $ref: "parts.yaml#/Planets" } }
`);
const parts = "Planets: { description: All of them. }\n";

test("--watch generates on every save, and waits out a broken spec", async () => {
  await using folder = await temporaryFolder();
  const save = (name: string, text: string) => writeFile(join(folder.path, name), text);
  const output = () => filesIn(join(folder.path, "out"));
  const methods = async () => (await output()).get("methods.ts");
  await save("spec.yaml", spec);
  await save("parts.yaml", parts);
  await using child = startGenerate(["--watch", "--spec", "spec.yaml", "--out", "out"], { cwd: folder.path });
  const printed = linesOf(child.stdout);
  const complained = linesOf(child.stderr);

  await printed("wrote out/methods.ts");
  await printed("Waiting for changes.");
  expect(await methods()).toContain("listPlanets(");

  await save("spec.yaml", spec.replace("listPlanets", "findPlanets"));
  await printed("wrote out/methods.ts");
  await printed("Waiting for changes.");
  expect(await methods()).toContain("findPlanets(");
  const before = await output();

  await save("spec.yaml", spec.replace("get:", "get: ["));
  await complained(/^error {2}spec\.yaml:\d+:\d+/);
  await complained("Nothing was written. Waiting for changes.");
  expect(child.exitCode).toBeNull();
  expect(await output()).toEqual(before);

  await save("spec.yaml", spec.replace("listPlanets", "seekPlanets"));
  await printed("wrote out/methods.ts");
  await printed("Waiting for changes.");
  expect(await methods()).toContain("seekPlanets(");

  // The other files of a spec count as much.
  await save("parts.yaml", parts.replace("All of them", "Each of them"));
  await printed("wrote out/openapi.json");
  await printed("Waiting for changes.");
  expect((await output()).get("openapi.json")).toContain("Each of them.");

  // Some editors write another file, and rename it.
  await save("spec.yaml.new", spec.replace("listPlanets", "renamePlanets"));
  await rename(join(folder.path, "spec.yaml.new"), join(folder.path, "spec.yaml"));
  await printed("wrote out/methods.ts");
  await printed("Waiting for changes.");
  expect(await methods()).toContain("renamePlanets(");

  // The last of many saves is the one that counts, and each may find the spec half written.
  for (let n = 0; n < 40; n++) await save("spec.yaml", spec.replace("listPlanets", `listPlanets${n}`));
  await vi.waitUntil(async () => (await methods())?.includes("listPlanets39("), { timeout: 100_000 });
  expect(child.exitCode).toBeNull();
});

test("--watch begins with a spec that is broken, in whichever of its files", async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "spec.yaml"), spec);
  await writeFile(join(folder.path, "parts.yaml"), "Planets: {");
  await using child = startGenerate(["--watch", "--spec", "spec.yaml", "--out", "out"], { cwd: folder.path });
  const printed = linesOf(child.stdout);
  const complained = linesOf(child.stderr);
  await complained(/^error {2}parts\.yaml:\d+:\d+/);
  await complained("Nothing was written. Waiting for changes.");
  await writeFile(join(folder.path, "parts.yaml"), parts);
  await printed("wrote out/methods.ts");
  await printed("Waiting for changes.");
});

/** Waits until a stream has a line like this, after the last one that was waited for. */
function linesOf(stream: Readable): (wanted: string | RegExp) => Promise<void> {
  const lines = on(createInterface(stream), "line", { close: ["close"] });
  return async (wanted) => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`The stream ended before it had ${wanted}.`);
      const line = String(value);
      if (typeof wanted === "string" ? line === wanted : wanted.test(line)) return;
    }
  };
}
