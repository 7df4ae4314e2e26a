import { targetOf } from "./request-log.ts";
import type { RequestRecord } from "./request-log.ts";

/** Formats a request as one log line. */
export function logLine(record: RequestRecord, time: Date): string {
  const { method, status, duration, size, operationId, fault } = record;
  const parts = [
    time.toISOString(),
    method,
    targetOf(record),
    status ?? "dropped",
    `${duration.toFixed(1)} ms`,
    `${size} bytes`,
    operationId,
    fault && `fault ${fault}`,
  ];
  return parts.filter((part) => part !== undefined).join(" ");
}
