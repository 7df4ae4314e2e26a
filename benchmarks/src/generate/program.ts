import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export const root: string = fileURLToPath(new URL("../../../", import.meta.url));

/** What a program took, from its start to its end. */
export interface Cost {
  readonly seconds: number;
  /** Resident memory at its most, in bytes. */
  readonly peakMemory: number;
}

/** Has the process tell of its memory when it ends: it is known to no other on every system. */
const tellMemory = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
`)}`;

/**
 * Runs a program for Node to its end, and throws away what it prints.
 *
 * @throws when it fails.
 */
export async function runProgram(cwd: string, ...args: readonly string[]): Promise<Cost> {
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", tellMemory, ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const told = child.stdio[3] as Readable;
  const [errors, memory, [code]] = await Promise.all([
    text(child.stderr as Readable),
    text(told),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`${args.join(" ")} exited with ${code}:\n${errors}`);
  return { seconds: (performance.now() - started) / 1000, peakMemory: Number(memory) * 1024 };
}
