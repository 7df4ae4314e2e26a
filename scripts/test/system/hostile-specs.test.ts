import fc from "fast-check";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hostileSpec } from "./hostile-spec.ts";
import { compile, filesIn, layersOf, temporaryFolder } from "../support/harness.ts";

test("the output for random hostile specs compiles", async () => {
  await using folder = await temporaryFolder();
  const specs = fc.sample(hostileSpec, { numRuns: 60, seed: 20 });
  for (const [index, spec] of specs.entries()) {
    const file = join(folder.path, `${index}.json`);
    await writeFile(file, JSON.stringify(spec));
    const generated = await layersOf(file).catch((cause: unknown) => {
      throw new Error(`The generator failed on ${JSON.stringify(spec)}`, { cause });
    });
    for (const [name, content] of generated) {
      await mkdir(join(folder.path, "out", String(index), name, ".."), { recursive: true });
      await writeFile(join(folder.path, "out", String(index), name), content);
    }
  }
  const errors = await compile(join(folder.path, "out"));
  const [[first = ""] = []] = [...errors.keys()].map((file) => [file.split("/", 1)[0]]);
  expect({ errors, spec: specs[Number(first)] }).toEqual({ errors: new Map(), spec: specs[Number(first)] });
  expect((await filesIn(join(folder.path, "out"))).size).toBeGreaterThan(specs.length);
}, 600_000);
