import { watch } from "chokidar";
import type { Spec } from "./load-spec.ts";
import { SpecError } from "./spec-error.ts";

/**
 * Updates what a spec generates on every save, one run at a time. A spec that is broken meanwhile is reported and waited out;
 * it ends by no other error than one that a save cannot mend.
 */
export async function watchSpec(path: string, update: () => Promise<Spec>): Promise<void> {
  const watcher = watch([], {
    ignoreInitial: true,
    // Without this, a file is read while it is written, and a second save within 50 ms is missed.
    awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 20 },
  });
  let pending = true;
  let running = false;
  const run = async () => {
    if (running) return;
    running = true;
    while (pending) {
      pending = false;
      try {
        const spec = await update();
        watcher.add([...spec.files]);
        console.log("Watching for a save.");
      } catch (error) {
        if (!(error instanceof SpecError)) throw error;
        console.error(`${error.message}\n\nNothing was written. Watching for the mend.`);
      }
    }
    running = false;
  };
  watcher.add(path);
  const failure = Promise.withResolvers<never>();
  watcher.on("all", () => {
    pending = true;
    run().catch(failure.reject);
  });
  try {
    await run();
    await failure.promise;
  } finally {
    await watcher.close();
  }
}
