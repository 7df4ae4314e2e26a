import { spawn } from "node:child_process";
import { once } from "node:events";
import { root } from "./repository.ts";
import { ToolError } from "./tool-error.ts";

/**
 * Runs a program of the workspace to its end, in the root of the repository, and shows what it prints.
 *
 * @throws ToolError when it does not exit with 0.
 */
export async function runProgram(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const child = spawn("pnpm", ["exec", name, ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DO_NOT_TRACK: "1", ...env },
    // pnpm is a script on Windows, which only its shell can start.
    shell: process.platform === "win32",
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new ToolError(`\`${name} ${args.join(" ")}\` failed.`);
}
