import { createClient } from "redis";

export type Redis = Awaited<ReturnType<typeof connectRedis>>;

/** The Redis that `REDIS_URL` names, or the one of this machine. */
export async function connectRedis() {
  const { REDIS_URL: url = "redis://127.0.0.1:6379" } = process.env;
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
    // The URL may have a password in it.
    const { host } = new URL(url);
    const hint = "Start one with `redis-server`, or name another in REDIS_URL.";
    throw new Error(`There is no Redis to be reached at ${host}. ${hint}`, { cause });
  }
  connected = true;
  return redis;
}
