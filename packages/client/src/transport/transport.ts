import { createDeprecationWarning } from "./deprecation.ts";
import { Exchange } from "./exchange.ts";
import { RetryQuota } from "./retry-quota.ts";
import type { TransportContext } from "./transport-context.ts";
import type { Transport } from "./transport-request.ts";

export function createTransport(context: TransportContext): Transport {
  const shared = {
    ...context,
    quota: new RetryQuota(context.retryQuota ?? Infinity),
    warnOfDeprecation: createDeprecationWarning(context.log),
  };
  return (request) => new Exchange(shared, request).send();
}
