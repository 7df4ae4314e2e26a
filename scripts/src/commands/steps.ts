import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { root } from "../repository.ts";

/** The end of a step: whether it passed, and what it printed. */
interface Outcome {
  readonly passed: boolean;
  readonly output: string;
}

export interface StepResult {
  readonly name: string;
  readonly seconds: number;
  readonly passed: boolean;
}

/** Prints the name of a step, runs it, and prints its duration and, when it fails, its output. */
export async function runStep(name: string, step: () => Promise<Outcome>): Promise<StepResult> {
  process.stdout.write(`  ${name.padEnd(8)}`);
  const started = performance.now();
  const { passed, output } = await step();
  const result = { name, seconds: (performance.now() - started) / 1000, passed };
  console.log(`  ${describeDuration(result)}`);
  if (!passed) process.stdout.write(`\n${output}\n`);
  return result;
}

/** Runs a program that shows its own output. */
export async function runVisibly(
  name: string,
  command: string,
  args: readonly string[],
): Promise<StepResult> {
  const started = performance.now();
  const { passed } = await program(command, args, "inherit");
  return { name, seconds: (performance.now() - started) / 1000, passed };
}

/**
 * Runs a program in the root of the repository.
 *
 * @param output Where its output goes: into the outcome, or straight to the terminal.
 */
export async function program(
  command: string,
  args: readonly string[],
  output: "pipe" | "inherit" = "pipe",
): Promise<Outcome> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", output, output],
    env: { ...process.env, DO_NOT_TRACK: "1" },
    // pnpm is a script on Windows, which only a shell can start.
    shell: process.platform === "win32",
  });
  const [stdout, stderr, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : "",
    child.stderr ? text(child.stderr) : "",
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { passed: code === 0, output: stdout + stderr };
}

export function describeDuration({ seconds, passed }: StepResult): string {
  return `${seconds.toFixed(1).padStart(6)} s${passed ? "" : "  FAILED"}`;
}
