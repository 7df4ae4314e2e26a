import { createClient } from "redis";

const advice = `Install Redis (https://redis.io; on Debian and Ubuntu \`apt-get install redis-server\`) and start it with \`redis-server\`,
or set REDIS_URL=redis://HOST:PORT to the address of a running one.`;

export type Redis = Awaited<ReturnType<typeof connectRedis>>;

/** Thrown when no Redis is available. The message says how to install or select one. */
export class NoRedisError extends Error {
  override readonly name = "NoRedisError";
}

/**
 * Connects to the Redis in `REDIS_URL`.
 *
 * @default redis://127.0.0.1:6379
 * @throws NoRedisError
 */
export async function connectRedis() {
  const url = process.env["REDIS_URL"] || "redis://127.0.0.1:6379";
  // The message does not repeat the value, because it may contain a password.
  if (!/^rediss?:$/.test(URL.parse(url)?.protocol ?? ""))
    throw new NoRedisError("REDIS_URL must be the URL of a Redis, such as redis://127.0.0.1:6379.");
  let connected = false;
  const redis = createClient({
    url,
    // A command fails while the connection is down, instead of waiting for a reconnection.
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
    throw new NoRedisError(`Could not connect to Redis at ${host}: ${reason}.\n${advice}`, { cause });
  }
  connected = true;
  return redis;
}
