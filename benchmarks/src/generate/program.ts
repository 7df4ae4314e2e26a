import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export const root: string = fileURLToPath(new URL("../../../", import.meta.url));

/** The resources that a program used. */
export interface Cost {
  readonly seconds: number;
  /** Peak resident memory, in bytes. */
  readonly peakMemory: number;
}

/** A module that makes the process report its peak memory on exit. No portable way exists to read it from another process. */
const reportMemory = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
`)}`;

/**
 * Runs a program on Node and discards its output.
 *
 * @throws Error if it does not exit with 0.
 */
export async function runProgram(cwd: string, ...args: readonly string[]): Promise<Cost> {
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", reportMemory, ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const memoryPipe = child.stdio[3] as Readable;
  const [errors, memory, [code]] = await Promise.all([
    text(child.stderr as Readable),
    text(memoryPipe),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`${args.join(" ")} exited with ${code}:\n${errors}`);
  return { seconds: (performance.now() - started) / 1000, peakMemory: Number(memory) * 1024 };
}
