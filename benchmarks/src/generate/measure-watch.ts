import { spawn } from "node:child_process";
import { on, once } from "node:events";
import { mkdtempDisposable, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { median } from "../median.ts";
import { root } from "./program.ts";

/** The times from a save until all files are written, in seconds. */
export interface WatchLatency {
  readonly saves: number;
  readonly median: number;
  readonly slowest: number;
}

const WARM_UP = 5;
const SAVES = 21;

/** Measures the latency of `--watch` with this repository's spec, after a few saves to warm up. */
export async function measureWatch(): Promise<WatchLatency> {
  await using folder = await mkdtempDisposable(join(tmpdir(), "isc-benchmark-"));
  const spec = join(folder.path, "openapi.yaml");
  const text = await readFile(join(root, "spec/openapi.yaml"), "utf8");
  await writeFile(spec, text);
  const generator = join(root, "scripts/src/commands/generate.js");
  const args = [generator, "--watch", "--spec", spec, "--out", join(folder.path, "out")];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const lines = on(createInterface(child.stdout), "line", { close: ["close"] });
  try {
    const waitForLine = async (start: string) => {
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error("The generator exited while it watched the spec.");
        if (String(value).startsWith(start)) return;
      }
    };
    const latencies: number[] = [];
    for (let save = 0; save < WARM_UP + SAVES; save++) {
      await waitForLine("Waiting for changes.");
      await setTimeout(100);
      const started = performance.now();
      await writeFile(spec, `${text}x-saved: ${save}\n`);
      // The generator prints the names after it has written the last file.
      await waitForLine("wrote ");
      latencies.push((performance.now() - started) / 1000);
    }
    const warm = latencies.slice(WARM_UP);
    return { saves: warm.length, median: median(warm), slowest: Math.max(...warm) };
  } finally {
    child.kill();
    await ended;
  }
}
