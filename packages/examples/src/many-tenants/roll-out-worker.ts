import { type Client, createClient } from "@isc-customizers/client";
import { zipFromFile } from "@isc-customizers/client/node";
import { type Job, Worker } from "bullmq";
import { connectRedis } from "../many-processes/redis.ts";
import { redisRateLimiter } from "../many-processes/redis-rate-limiter.ts";
import {
  connectToRedis,
  lockDuration,
  queueName,
  type TenantJob,
  type UploadStep,
} from "./roll-out-queue.ts";
import { tenantFromEnvironment } from "./tenant-from-environment.ts";

const limits = await connectRedis();

/** Uploads the zip to one tenant. After a crash, another worker continues: it uploads nothing that has arrived already. */
async function upload(job: Job<TenantJob>, _token?: string, signal?: AbortSignal): Promise<void> {
  const { name, zip } = job.data;
  const tenant = tenantFromEnvironment(job.data.tenant);
  // All workers share the limit of a tenant.
  const client = createClient({ ...tenant, rateLimit: redisRateLimiter(limits, tenant.auth.clientId) });
  const earlier = job.progress as UploadStep | 0;
  const step = earlier === 0 ? await prepare(client, name) : earlier;
  await job.updateProgress({ ...step });
  const { imageVersion } = await client.getConnectorCustomizer({ id: step.id }, { signal });
  if ((imageVersion ?? 0) > step.before) return;
  await client.createConnectorCustomizerVersion({ id: step.id, body: await zipFromFile(zip) }, { signal });
}

async function prepare(client: Client, name: string): Promise<UploadStep> {
  const customizers = await client.listConnectorCustomizers().all();
  const [found, ...others] = customizers.filter((customizer) => customizer.name === name);
  if (others.length > 0) throw new Error(`Several customizers have the name "${name}". Rename all but one.`);
  const { id } = found ?? (await client.createConnectorCustomizer({ body: { name } }));
  return { id, before: found?.imageVersion ?? 0 };
}

const worker = new Worker<TenantJob>(queueName, upload, {
  connection: connectToRedis(),
  concurrency: 2,
  lockDuration,
  stalledInterval: 1000,
  maxStalledCount: 5,
});
worker.on("failed", (job, error) => console.error(`${job?.data.tenant}: ${error.message}`));
// Another worker may have the job now.
worker.on("lockRenewalFailed", (ids) => ids.forEach((id) => worker.cancelJob(id)));

/** Ends the worker after its uploads. */
const stop = () => void worker.close().then(() => process.exit());
process.once("SIGTERM", stop);
// The roll-out itself has ended, perhaps by a crash and before this line.
if (process.connected) process.once("disconnect", stop);
else stop();
