import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A server in a separate process, so that the benchmark does not add to its CPU time and memory. */
export interface ServerProcess extends AsyncDisposable {
  readonly baseUrl: string;
  memory(): Promise<Memory>;
}

/** Resident memory in bytes. `NaN` on systems without `/proc`. */
export interface Memory {
  readonly current: number;
  /** The peak since the start of the process. */
  readonly peak: number;
}

/** Starts a program on Node and waits until it prints `listening on URL`. Later output is discarded. */
export async function startServer(program: URL, ...args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, [fileURLToPath(program), ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill();
    await ended;
  };
  for await (const line of createInterface(child.stdout)) {
    const baseUrl = /^listening on (.+)$/.exec(line)?.[1];
    if (baseUrl === undefined) continue;
    child.stdout.resume();
    return { baseUrl, memory: () => memoryOf(child.pid), [Symbol.asyncDispose]: stop };
  }
  await stop();
  throw new Error(`${program.pathname} exited before it listened.`);
}

/** Reads the memory of a process: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
async function memoryOf(pid: number | undefined): Promise<Memory> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const bytes = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) * 1024;
  return { current: bytes("VmRSS"), peak: bytes("VmHWM") };
}
