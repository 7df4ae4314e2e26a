import { createClient } from "@isc-customizers/client";
import { connectRedis } from "./redis.ts";
import { redisRateLimiter } from "./redis-rate-limiter.ts";
import { redisTokenStore } from "./redis-token-store.ts";
import { tenant } from "../tenant.ts";

const calls = 30;
const apiVersion = "v2024";
const { baseUrl, auth } = tenant();

const redis = await connectRedis();
const customizers = createClient({
  baseUrl,
  apiVersion,
  auth: { ...auth, tokenStore: redisTokenStore(redis) },
  // SailPoint limits the requests per client id and API version.
  rateLimit: redisRateLimiter(redis, `${auth.clientId} ${apiVersion}`),
  // Retries would hide a 429. Here it must fail the process.
  retries: 0,
});

await Promise.all(Array.from({ length: calls }, () => customizers.listConnectorCustomizers({ limit: 1 })));
console.log(`Process ${process.pid}: ${calls} calls, none of them rate-limited.`);
await redis.close();
