import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { root } from "../repository.ts";

/** A program to run, and the name that the terminal shows for it. */
export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Shows the output of the program as it comes, instead of only after a failure. */
  readonly showOutput?: boolean;
}

export interface StepResult {
  readonly name: string;
  readonly seconds: number;
  readonly passed: boolean;
}

/** Runs a program in the root of the repository, and prints its name, its duration and, when it fails, its output. */
export async function runStep({ name, command, args, showOutput = false }: Step): Promise<StepResult> {
  if (!showOutput) process.stdout.write(`  ${name.padEnd(8)}`);
  const started = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", showOutput ? "inherit" : "pipe", showOutput ? "inherit" : "pipe"],
    env: { ...process.env, DO_NOT_TRACK: "1" },
    // pnpm is a script on Windows, which only a shell can start.
    shell: process.platform === "win32",
  });
  const [stdout, stderr, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : "",
    child.stderr ? text(child.stderr) : "",
    once(child, "close") as Promise<[number | null]>,
  ]);
  const result = { name, seconds: (performance.now() - started) / 1000, passed: code === 0 };
  if (!showOutput) console.log(`  ${describeDuration(result)}`);
  if (!result.passed && !showOutput) process.stdout.write(`\n${stdout}${stderr}\n`);
  return result;
}

export function describeDuration({ seconds, passed }: StepResult): string {
  return `${seconds.toFixed(1).padStart(6)} s${passed ? "" : "  FAILED"}`;
}
