import { join } from "node:path";
import { median } from "../median.ts";
import { root, runProgram } from "./program.ts";

/** In seconds, for a run that finds everything as it should be. */
export interface Unchanged {
  readonly generate: number;
  readonly turbo: number;
  /** What any program takes to start and end. */
  readonly node: number;
}

const programs: Record<keyof Unchanged, readonly string[]> = {
  generate: ["scripts/src/run-generate.js"],
  turbo: [join("node_modules", "turbo", "bin", "turbo"), "run", "generate"],
  node: ["--eval", ""],
};

/** What a run takes when nothing has changed since the last one: the medians of seven, in turn. */
export async function measureUnchanged(): Promise<Unchanged> {
  const rounds: Unchanged[] = [];
  for (let round = 0; round <= 7; round++) {
    const run = async (name: keyof Unchanged) => (await runProgram(root, ...programs[name])).seconds;
    rounds.push({ generate: await run("generate"), turbo: await run("turbo"), node: await run("node") });
  }
  // In the first one, something may be to be generated.
  const warm = rounds.slice(1);
  return {
    generate: median(warm.map(({ generate }) => generate)),
    turbo: median(warm.map(({ turbo }) => turbo)),
    node: median(warm.map(({ node }) => node)),
  };
}
