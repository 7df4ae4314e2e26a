// Rolls out one zip to many tenants with a queue on BullMQ and Redis: several workers, a page with the progress, resumed after a crash.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { hashContents } from "../deploy/hash-contents.ts";
import { connectRedis } from "../many-processes/redis.ts";
import { showDashboard } from "./roll-out-dashboard.ts";
import { addJob, connectToRedis, openQueue, progressOf, type RollOut } from "./roll-out-queue.ts";
import { requireTenants } from "./tenant-from-environment.ts";

const usage = `Usage: pnpm example roll-out ZIP --name NAME --tenant PREFIX... [options]

  ZIP              the zip of the customizer
  --name NAME      the name of the customizer in each tenant
  --tenant PREFIX  a tenant whose address and credentials are in PREFIX_BASE_URL, PREFIX_CLIENT_ID and PREFIX_CLIENT_SECRET;
                   can be repeated; by default, SAIL
  --workers N      the number of worker processes, by default 3
  --port N         the port of the page with the progress; by default, any free port

Redis is in REDIS_URL, by default redis://127.0.0.1:6379. Run the same command again to resume: a tenant that has the zip already
gets it no second time.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: "string" },
    tenant: { type: "string", multiple: true, default: ["SAIL"] },
    workers: { type: "string", default: "3" },
    port: { type: "string", default: "0" },
  },
});
const [zip] = positionals;
const isUsable =
  /^[1-9]\d?$/.test(values.workers) && /^\d+$/.test(values.port) && Number(values.port) < 65_536;
if (zip === undefined || values.name === undefined || !isUsable) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    const tenants = [...new Set(values.tenant)];
    requireTenants(tenants);
    // BullMQ would wait for Redis without an end.
    await (await connectRedis()).close();
    const archive = { zip: resolve(zip), sha256: await hashContents(zip), name: values.name };
    process.exitCode = await rollOut(archive, tenants);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function rollOut(archive: RollOut, tenants: readonly string[]): Promise<number> {
  await using cleanup = new AsyncDisposableStack();
  const redis = cleanup.adopt(connectToRedis(), (connection) => connection.disconnect());
  const queue = cleanup.adopt(openQueue(redis), (opened) => opened.close());
  const dashboard = await showDashboard(queue, tenants, Number(values.port));
  cleanup.use(dashboard);
  console.log(`The progress is on ${dashboard.url}`);
  await Promise.all(tenants.map((tenant) => addJob(queue, { ...archive, tenant })));
  const workers = Array.from({ length: Number(values.workers) }, startWorker);
  cleanup.defer(() => stop(workers));
  for (let shown = ""; ; await setTimeout(200)) {
    const { done, failed, line } = await progressOf(queue, tenants);
    if (line !== shown) console.log(line);
    shown = line;
    if (done + failed === tenants.length) return failed === 0 ? 0 : 1;
    if (!workers.some(isRunning))
      throw new Error("Every worker has ended. Run the same command again to resume.");
  }
}

async function stop(workers: readonly ChildProcess[]): Promise<void> {
  for (const worker of workers) worker.kill();
  await Promise.all(workers.filter(isRunning).map((worker) => once(worker, "exit")));
}

function startWorker(): ChildProcess {
  const worker = fork(new URL("roll-out-worker.ts", import.meta.url));
  console.log(`worker ${worker.pid} has started`);
  worker.once(
    "exit",
    (_code, signal) => signal === "SIGKILL" && console.log(`worker ${worker.pid} was killed`),
  );
  return worker;
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
