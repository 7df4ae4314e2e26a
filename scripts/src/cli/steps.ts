import { type ProgramResult, spawnProgram } from "./run-program.ts";

export interface StepResult {
  readonly name: string;
  readonly seconds: number;
  readonly passed: boolean;
}

/** Prints the name of a step, runs it, and prints its duration and, if it fails, its output. */
export async function runStep(name: string, step: () => Promise<ProgramResult>): Promise<StepResult> {
  process.stdout.write(`  ${name.padEnd(8)}`);
  const started = performance.now();
  const { passed, output } = await step();
  const result = { name, seconds: (performance.now() - started) / 1000, passed };
  console.log(`  ${describeDuration(result)}`);
  if (!passed) process.stdout.write(`\n${output}\n`);
  return result;
}

/** Runs a program as a step that shows its own output. */
export async function runVisibly(
  name: string,
  command: string,
  args: readonly string[],
): Promise<StepResult> {
  const started = performance.now();
  const { passed } = await spawnProgram(command, args, "inherit");
  return { name, seconds: (performance.now() - started) / 1000, passed };
}

export function describeDuration({ seconds, passed }: StepResult): string {
  return `${seconds.toFixed(1).padStart(6)} s${passed ? "" : "  FAILED"}`;
}
