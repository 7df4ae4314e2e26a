// Runs several processes with one client id. They share its rate limit and its token through Redis, which must be running.
import { fork } from "node:child_process";
import { once } from "node:events";
import { connectRedis, NoRedisError } from "./redis.ts";

const size = 4;

async function runFleet(): Promise<void> {
  const started = performance.now();
  const exits = Array.from({ length: size }, () =>
    once(fork(new URL("fleet-worker.ts", import.meta.url)), "exit"),
  );
  const failed = (await Promise.all(exits)).filter(([code]) => code !== 0).length;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (failed > 0) throw new Error(`${failed} of ${size} processes failed.`);
  console.log(`${size} processes have ended after ${seconds} s.`);
}

try {
  // Reports a missing Redis once, instead of once per process.
  await (await connectRedis()).close();
  await runFleet();
} catch (error) {
  if (!(error instanceof NoRedisError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
