import { setTimeout } from "node:timers/promises";
import { Queue } from "bullmq";
import { Redis } from "ioredis";

/** An archive, and the customizer that gets it in each tenant. */
export interface RollOut {
  /** The absolute path of the zip. */
  readonly zip: string;
  /** The SHA-256 of the contents of the zip. */
  readonly sha256: string;
  /** The name of the customizer. */
  readonly name: string;
}

/** The data of a job. Credentials are not part of it: each worker reads them from its environment. */
export interface TenantJob extends RollOut {
  /** The prefix of the variables of the tenant. */
  readonly tenant: string;
}

/** The progress of a job, which Redis keeps if the worker dies or the job fails. */
export interface UploadStep {
  readonly id: string;
  /** The version of the customizer before the upload. */
  readonly before: number;
}

export const queueName = "roll-out";

/** How long a job stays locked after its worker has died, in milliseconds. */
export const lockDuration = 10_000;

export function connectToRedis(): Redis {
  // BullMQ waits for Redis by itself, and asks for this setting.
  return new Redis(process.env["REDIS_URL"] || "redis://127.0.0.1:6379", { maxRetriesPerRequest: null });
}

export function openQueue(connection: Redis): Queue<TenantJob> {
  return new Queue<TenantJob>(queueName, { connection });
}

/**
 * Adds the job of a tenant, unless the tenant has this archive already or an interrupted roll-out of it can be continued. A failed job is
 * tried again with its progress. A job for another archive is replaced.
 */
export async function addJob(queue: Queue<TenantJob>, data: TenantJob): Promise<void> {
  const job = await queue.getJob(data.tenant);
  if (job?.data.sha256 === data.sha256 && job.data.name === data.name) {
    if (await job.isFailed()) await job.retry("failed", { resetAttemptsMade: true });
    return;
  }
  await job?.remove().catch(async () => {
    // A worker may have died a moment ago, and its lock is still there.
    await setTimeout(lockDuration);
    await job.remove();
  });
  // The name of the tenant is the id, so that a tenant has one job at most.
  await queue.add("upload", data, { jobId: data.tenant, attempts: 5, backoff: 1000 });
}

/** The state of each tenant, and a line that sums it up. */
export async function progressOf(queue: Queue<TenantJob>, tenants: readonly string[]) {
  const states = await Promise.all(
    tenants.map(async (tenant) => [tenant, await queue.getJobState(tenant)] as const),
  );
  const count = (state: string) => states.filter(([, one]) => one === state).length;
  const [done, failed, active] = [count("completed"), count("failed"), count("active")];
  return {
    states,
    done,
    failed,
    line: `${done} of ${tenants.length} done, ${active} running, ${failed} failed`,
  };
}
