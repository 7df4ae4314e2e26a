import { watch } from "chokidar";
import { on } from "node:events";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Spec } from "../spec/load-spec.ts";
import { SpecError } from "../spec/diagnostic.ts";

/** How long a save may take that comes in several writes, in milliseconds. */
const saveTime = 20;
/** The watcher tells one only of two saves within 50 ms: whoever waits so long looks for the other. */
const blindTime = 60;

/**
 * Updates what a spec generates on every save, one run at a time. A spec that is broken meanwhile is reported and waited out;
 * it ends by no other error than one that a save cannot mend.
 */
export async function watchSpec(path: string, update: () => Promise<Spec>): Promise<void> {
  const watcher = watch(path, { ignoreInitial: true });
  const saves = on(watcher, "all");
  let files: readonly string[] = [path];
  let stamp = "";

  const attempt = async (): Promise<() => void> => {
    try {
      ({ files } = await update());
      return () => console.log("Watching for a save.");
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      const broken = error.problems.map(({ place }) => resolve(place.file));
      files = [...new Set([...files, ...broken])];
      return () => console.error(`${error.message}\n\nNothing was written. Watching for the mend.`);
    } finally {
      watcher.add([...files]);
    }
  };
  const updateUntilStill = async () => {
    let tell: () => void;
    do {
      stamp = await stampOf(files);
      tell = await attempt();
      await setTimeout(blindTime);
    } while (stamp !== (await stampOf(files)));
    tell();
  };

  try {
    await updateUntilStill();
    for await (const _ of saves) {
      // Told late, of a save that was read already.
      if (stamp === (await stampOf(files))) continue;
      await setTimeout(saveTime);
      await updateUntilStill();
    }
  } finally {
    await watcher.close();
  }
}

/** Another text whenever one of the files was written, or there is one more. */
async function stampOf(files: readonly string[]): Promise<string> {
  const stamps = files.map(async (file) => {
    const found = await stat(file, { bigint: true }).catch(() => undefined);
    return `${file} ${found?.ino} ${found?.size} ${found?.mtimeNs}`;
  });
  return (await Promise.all(stamps)).join("\n");
}
