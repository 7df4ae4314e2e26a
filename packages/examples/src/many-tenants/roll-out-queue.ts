import { type JobState, Queue } from "bullmq";
import { Redis } from "ioredis";

/** What is rolled out. */
export interface RollOut {
  /** The path of the zip. */
  readonly zip: string;
  /** The name of the customizer. */
  readonly name: string;
}

/** The data of a job. Credentials are not part of it: each worker reads them from its environment. */
export interface TenantJob extends RollOut {
  /** The prefix of the variables of the tenant. */
  readonly tenant: string;
}

/** The progress of a job, which Redis keeps if the worker dies. */
export interface UploadStep {
  readonly id: string;
  /** The version of the customizer before the upload. */
  readonly before: number;
}

export const queueName = "roll-out";
export const finished: ReadonlySet<JobState | "unknown"> = new Set(["completed", "failed"]);

export function connectToRedis(): Redis {
  // BullMQ waits for Redis by itself, and asks for this setting.
  return new Redis(process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379", { maxRetriesPerRequest: null });
}

export function openQueue(connection: Redis): Queue<TenantJob> {
  return new Queue<TenantJob>(queueName, { connection });
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
