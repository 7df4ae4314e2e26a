// Rolls out one zip to many tenants with a queue on BullMQ and Redis: several workers, a page with the progress, resumed after a crash.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { showDashboard } from "./roll-out-dashboard.ts";
import { connectToRedis, finished, openQueue, progressOf, type RollOut } from "./roll-out-queue.ts";

const usage = `Usage: pnpm example roll-out ZIP --name NAME --tenant PREFIX... [options]

  ZIP              the zip of the customizer
  --name NAME      the name of the customizer in each tenant
  --tenant PREFIX  a tenant whose address and credentials are in PREFIX_BASE_URL, PREFIX_CLIENT_ID and PREFIX_CLIENT_SECRET;
                   can be repeated; by default, SAIL
  --workers N      the number of worker processes, by default 3
  --port N         the port of the page with the progress; by default, any free port

Redis is in REDIS_URL, by default redis://127.0.0.1:6379. Run the same command again to resume.
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
if (zip === undefined || values.name === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  process.exitCode = await rollOut({ zip, name: values.name }, values.tenant);
}

async function rollOut(what: RollOut, tenants: readonly string[]): Promise<number> {
  const redis = connectToRedis();
  const queue = openQueue(redis);
  // A job has the name of its tenant as its id, so that a second run adds no second job. A failed one is tried again.
  for (const tenant of tenants) {
    const job = await queue.getJob(tenant);
    if (job !== undefined && finished.has(await job.getState())) await job.remove();
    await queue.add("upload", { ...what, tenant }, { jobId: tenant, attempts: 5, backoff: 1000 });
  }
  const dashboard = await showDashboard(queue, tenants, Number(values.port));
  console.log(`The progress is on ${dashboard.url}`);

  const workers = Array.from({ length: Number(values.workers) }, startWorker);
  let shown = "";
  for (;;) {
    const { done, failed, line } = await progressOf(queue, tenants);
    if (line !== shown) console.log(line);
    shown = line;
    if (done + failed === tenants.length) {
      for (const worker of workers) worker.kill();
      await Promise.all(workers.filter(isRunning).map((worker) => once(worker, "exit")));
      await dashboard.close();
      await queue.close();
      redis.disconnect();
      return failed === 0 ? 0 : 1;
    }
    if (!workers.some(isRunning))
      throw new Error("Every worker has ended. Run the same command again to resume.");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
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
