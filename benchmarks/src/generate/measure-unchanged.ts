import { join } from "node:path";
import { median } from "../median.ts";
import { root, runProgram } from "./program.ts";

/** The times of a run that finds all files up to date, in seconds. */
export interface Unchanged {
  readonly generate: number;
  readonly turbo: number;
  /** The time of an empty program. */
  readonly node: number;
}

const programs: Record<keyof Unchanged, readonly string[]> = {
  generate: ["scripts/src/commands/generate.js"],
  turbo: [join("node_modules", "turbo", "bin", "turbo"), "run", "generate"],
  node: ["--eval", ""],
};

/** Measures a run without changes since the last one. Returns the medians of seven alternating rounds. */
export async function measureUnchanged(): Promise<Unchanged> {
  const rounds: Unchanged[] = [];
  for (let round = 0; round <= 7; round++) {
    const run = async (name: keyof Unchanged) => (await runProgram(root, ...programs[name])).seconds;
    rounds.push({ generate: await run("generate"), turbo: await run("turbo"), node: await run("node") });
  }
  // The first round may have files to generate.
  const warm = rounds.slice(1);
  return {
    generate: median(warm.map(({ generate }) => generate)),
    turbo: median(warm.map(({ turbo }) => turbo)),
    node: median(warm.map(({ node }) => node)),
  };
}
