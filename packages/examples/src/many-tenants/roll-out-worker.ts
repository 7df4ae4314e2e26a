import { createClient } from "@isc-customizers/client";
import { zipFromFile } from "@isc-customizers/client/node";
import { type Job, Worker } from "bullmq";
import { connectRedis } from "../many-processes/redis.ts";
import { redisRateLimiter } from "../many-processes/redis-rate-limiter.ts";
import { connectToRedis, queueName, type TenantJob, type UploadStep } from "./roll-out-queue.ts";

const limits = await connectRedis();

/** Uploads the zip to one tenant. After a crash, another worker continues: it uploads nothing that has arrived already. */
async function upload(job: Job<TenantJob>): Promise<void> {
  const { tenant, name, zip } = job.data;
  const clientId = variable(`${tenant}_CLIENT_ID`);
  const client = createClient({
    baseUrl: variable(`${tenant}_BASE_URL`),
    auth: { clientId, clientSecret: variable(`${tenant}_CLIENT_SECRET`) },
    // All workers share the limit of a tenant.
    rateLimit: redisRateLimiter(limits, clientId),
  });
  const earlier = job.progress as UploadStep | 0;
  const step = earlier === 0 ? await prepare(client, name) : earlier;
  await job.updateProgress({ ...step });
  const { imageVersion = 0 } = await client.getConnectorCustomizer({ id: step.id });
  if (imageVersion > step.before) return;
  await client.createConnectorCustomizerVersion({ id: step.id, body: await zipFromFile(zip) });
}

async function prepare(client: ReturnType<typeof createClient>, name: string): Promise<UploadStep> {
  const customizers = await client.listConnectorCustomizers().all();
  const found = customizers.find((customizer) => customizer.name === name);
  const { id } = found ?? (await client.createConnectorCustomizer({ body: { name } }));
  return { id, before: found?.imageVersion ?? 0 };
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}.`);
  return value;
}

// The job of a worker that died is free again after the lock has expired.
const worker = new Worker<TenantJob>(queueName, upload, {
  connection: connectToRedis(),
  concurrency: 2,
  lockDuration: 3000,
  stalledInterval: 1000,
  maxStalledCount: 5,
});
worker.on("failed", (job, error) => console.error(`${job?.data.tenant}: ${error.message}`));
process.once("SIGTERM", () => void worker.close().then(() => process.exit()));
