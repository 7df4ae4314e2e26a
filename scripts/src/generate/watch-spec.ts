import { watch } from "chokidar";
import { on } from "node:events";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Spec } from "../spec/load/load-spec.ts";
import { SpecError } from "../spec/diagnostic.ts";

/** Longest time between the writes of one save, in milliseconds. */
const saveTime = 20;
/** The watcher reports only one of two saves within 50 ms. After this time, in milliseconds, the files are compared again. */
const blindTime = 60;

/**
 * Generates on every save of a spec, one run at a time. Reports a broken spec, and waits for the next save. Ends with any other error.
 */
export async function watchSpec(path: string, update: () => Promise<Spec>): Promise<void> {
  const watcher = watch(path, { ignoreInitial: true });
  const saves = on(watcher, "all");
  let files: readonly string[] = [path];
  let stamp = "";

  const attempt = async (): Promise<() => void> => {
    try {
      ({ files } = await update());
      return () => console.log("Waiting for changes.");
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      const broken = error.problems.map(({ place }) => resolve(place.file));
      files = [...new Set([...files, ...broken])];
      return () => console.error(`${error.message}\n\nNothing was written. Waiting for changes.`);
    } finally {
      watcher.add([...files]);
    }
  };
  const updateUntilStill = async () => {
    let reportResult: () => void;
    do {
      stamp = await stampOf(files);
      reportResult = await attempt();
      await setTimeout(blindTime);
    } while (stamp !== (await stampOf(files)));
    reportResult();
  };

  try {
    await updateUntilStill();
    for await (const _ of saves) {
      // A late report of a save that was read already.
      if (stamp === (await stampOf(files))) continue;
      await setTimeout(saveTime);
      await updateUntilStill();
    }
  } finally {
    await watcher.close();
  }
}

/** A text that changes when a file is written or added. */
async function stampOf(files: readonly string[]): Promise<string> {
  const stamps = files.map(async (file) => {
    const found = await stat(file, { bigint: true }).catch(() => undefined);
    return `${file} ${found?.ino} ${found?.size} ${found?.mtimeNs}`;
  });
  return (await Promise.all(stamps)).join("\n");
}
