import { createClient } from "@isc-customizers/client";
import { connectRedis } from "./redis.ts";
import { redisRateLimiter } from "./redis-rate-limiter.ts";
import { redisTokenStore } from "./redis-token-store.ts";
import { tenant } from "./tenant.ts";

const calls = 30;
const apiVersion = "v2024";
const { baseUrl, auth } = tenant();

const redis = await connectRedis();
const customizers = createClient({
  baseUrl,
  apiVersion,
  auth: { ...auth, tokenStore: redisTokenStore(redis) },
  // The platform counts the requests of a client id in an API version.
  rateLimit: redisRateLimiter(redis, `${auth.clientId} ${apiVersion}`),
  // A call that is refused would be sent again, and nobody see it. Here it is to fail.
  retries: 0,
});

await Promise.all(Array.from({ length: calls }, () => customizers.listConnectorCustomizers({ limit: 1 })));
console.log(`Process ${process.pid}: ${calls} calls, none of them refused.`);
await redis.close();
