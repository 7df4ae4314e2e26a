import { createClient } from "redis";

const advice = `Install Redis (https://redis.io; on Debian and Ubuntu \`apt-get install redis-server\`) and start it with \`redis-server\`,
or name one that runs: REDIS_URL=redis://HOST:PORT.`;

export type Redis = Awaited<ReturnType<typeof connectRedis>>;

/** Thrown when there is no Redis to be had; the message says how to come by one. */
export class NoRedisError extends Error {
  override readonly name = "NoRedisError";
}

/**
 * The Redis that `REDIS_URL` names, or the one of this machine.
 *
 * @throws NoRedisError
 */
export async function connectRedis() {
  const url = process.env["REDIS_URL"] || "redis://127.0.0.1:6379";
  // What is wrong with it is not repeated: it may have a password in it.
  if (!/^rediss?:$/.test(URL.parse(url)?.protocol ?? ""))
    throw new NoRedisError("REDIS_URL is no URL of a Redis, such as redis://127.0.0.1:6379.");
  let connected = false;
  const redis = createClient({
    url,
    // A call that cannot ask Redis fails, rather than wait for it to be back.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: (retries) => connected && Math.min(100 * 2 ** retries, 3000) },
  });
  redis.on("error", ({ message }: Error) => {
    if (connected) console.error(`Redis: ${message}`);
  });
  try {
    await redis.connect();
  } catch (cause) {
    const { host } = new URL(url);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NoRedisError(`There is no Redis to be used at ${host}: ${reason}.\n${advice}`, { cause });
  }
  connected = true;
  return redis;
}
