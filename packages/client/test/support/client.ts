import { createClientWithClock } from "../../src/create-client.ts";
import type { Client, ClientOptions } from "../../src/index.ts";
import { EagerClock, type ManualClock } from "./clock.ts";

/** Creates a client with a clock, without a rate limit and a token endpoint. */
export function clientWithClock(
  url: string,
  options: Partial<ClientOptions> = {},
  clock: ManualClock = new EagerClock(),
): { readonly client: Client; readonly clock: ManualClock } {
  const given = { baseUrl: url, auth: { accessToken: "t" }, rateLimit: false, ...options } as const;
  return { client: createClientWithClock(given, clock), clock };
}
