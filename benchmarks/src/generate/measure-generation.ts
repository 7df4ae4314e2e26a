import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../median.ts";
import { root, runProgram } from "./program.ts";
import { copyRepository } from "./repository-copy.ts";
import type { Cost } from "./program.ts";
import { syntheticSpec } from "./synthetic-spec.ts";

export interface Generation {
  readonly name: string;
  /** The time relative to openapi-typescript. */
  readonly ratio: number;
  readonly generate: Cost;
  readonly openapiTypescript: Cost;
}

/** Measures a full generation from specs of three sizes. Returns the medians of several rounds. */
export async function measureGeneration(): Promise<Generation[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), "isc-benchmark-"));
  const synthetic = async (operations: number) => {
    const path = join(folder.path, `${operations}.yaml`);
    await writeFile(path, syntheticSpec(operations));
    return path;
  };
  const foreign = async (name: string, spec: string, count: number) => {
    let round = 0;
    const generate = () =>
      runProgram(folder.path, generator, "--spec", spec, "--out", join(folder.path, `${name} ${round++}`));
    return await measureSpec(folder.path, name, spec, count, generate);
  };
  const own = (name: string, generate: () => Promise<Cost>) =>
    measureSpec(folder.path, name, join(root, "spec/openapi.yaml"), 7, generate);
  await using copy = await copyRepository();
  return [
    await own("the spec as it is here", () => runProgram(root, generator)),
    await own("the spec after an edit", async () => {
      await copy.edit();
      return await runProgram(copy.path, join(copy.path, "scripts/src/commands/generate.js"));
    }),
    await foreign("1,000 operations", await synthetic(1000), 3),
    await foreign("5,000 operations", await synthetic(5000), 3),
  ];
}

const generator = join(root, "scripts/src/commands/generate.js");
const openapiTypescript = join(root, "scripts/node_modules/openapi-typescript/bin/cli.js");

async function measureSpec(
  folder: string,
  name: string,
  spec: string,
  count: number,
  generate: () => Promise<Cost>,
): Promise<Generation> {
  const rounds: { readonly generate: Cost; readonly openapiTypescript: Cost }[] = [];
  for (let round = 0; round <= count; round++) {
    rounds.push({
      generate: await generate(),
      // The folder has no `redocly.yaml`, whose lint rules openapi-typescript would run.
      openapiTypescript: await runProgram(
        folder,
        openapiTypescript,
        spec,
        "--output",
        join(folder, "schema.ts"),
      ),
    });
  }
  // The first round fills the compile cache.
  const warm = rounds.slice(1);
  return {
    name,
    ratio: median(warm.map((round) => round.generate.seconds / round.openapiTypescript.seconds)),
    generate: medianCost(warm.map((round) => round.generate)),
    openapiTypescript: medianCost(warm.map((round) => round.openapiTypescript)),
  };
}

function medianCost(costs: readonly Cost[]): Cost {
  return {
    seconds: median(costs.map(({ seconds }) => seconds)),
    peakMemory: median(costs.map(({ peakMemory }) => peakMemory)),
  };
}
