import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "./repository.ts";
import { ToolError } from "./errors.ts";

export interface ProgramResult {
  readonly passed: boolean;
  /** Its standard output and standard error; empty if they went to the terminal. */
  readonly output: string;
}

/**
 * Runs a program of the workspace to its end, in the root of the repository.
 *
 * @param output Where the program prints: into the result, or to the terminal.
 */
export async function spawnProgram(
  name: string,
  args: readonly string[],
  output: "pipe" | "inherit" = "pipe",
): Promise<ProgramResult> {
  const path = [join(root, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
  const child = spawn(name, args, {
    cwd: root,
    stdio: ["ignore", output, output],
    env: { ...process.env, PATH: path, DO_NOT_TRACK: "1" },
    // The programs are scripts on Windows, which only a shell can start. It splits arguments at spaces, so pass relative paths.
    shell: process.platform === "win32",
  });
  const [stdout, stderr, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : "",
    child.stderr ? text(child.stderr) : "",
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { passed: code === 0, output: stdout + stderr };
}

/**
 * Runs a program as `spawnProgram` does, and shows what it prints.
 *
 * @throws ToolError if the program fails.
 */
export async function runProgram(name: string, args: readonly string[]): Promise<void> {
  const { passed } = await spawnProgram(name, args, "inherit");
  if (!passed) throw new ToolError(`\`${name} ${args.join(" ")}\` failed.`);
}
