import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program without input until it exits. */
export async function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<Outcome> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    // On Windows a package manager is a script, and only the shell can start it.
    shell: process.platform === "win32" && program !== process.execPath,
  });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve)),
  ]);
  return { code, stdout, stderr };
}

/** Runs a program and returns its standard output. @throws when it does not exit with 0. */
export async function output(...call: Parameters<typeof run>): Promise<string> {
  const { code, stdout, stderr } = await run(...call);
  if (code !== 0)
    throw new Error(`${call[0]} ${call[1].join(" ")} exited with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}
