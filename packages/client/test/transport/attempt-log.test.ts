import { describe, expect, test } from "vitest";
import { redactor } from "../../src/errors/redact.ts";
import type { LogFields } from "../../src/runtime/logger.ts";
import { AttemptLog } from "../../src/transport/attempt-log.ts";
import { ManualClock } from "../support/clock.ts";

const url = "https://acme.example/v2024/things?a=b";
const redact = redactor(["s3cr3t-token"]);

/** A log of the second attempt, and the lines that it writes. */
function logOf(clock = new ManualClock()) {
  const lines: (readonly [level: string, line: string, fields: LogFields | undefined])[] = [];
  const request = {
    url,
    method: "GET",
    headers: {},
    body: undefined,
    operationId: "listThings",
    idempotent: true,
    limits: { timeout: 1, totalTimeout: 1, retries: 0 },
    signal: undefined,
    readBody: () => Promise.resolve(""),
  };
  const log = new AttemptLog(
    (level, line, fields) => lines.push([level, line(), fields?.()]),
    clock,
    request,
    2,
  );
  return { log, lines, clock };
}

describe("the line of an attempt", () => {
  test.each([200, "ConnectionError: connect ECONNREFUSED"])(
    "has the path without the query, the result %s and the time since it was sent",
    async (result) => {
      const { log, lines, clock } = logOf();
      await clock.advance(1000);
      log.start();
      await clock.advance(12);
      log.result(result);
      expect(lines).toEqual([
        [
          "info",
          `GET /v2024/things -> ${result} in 12 ms (attempt 2)`,
          { operationId: "listThings", method: "GET", url, attempt: 2, durationMs: 12 },
        ],
      ]);
    },
  );

  test("has the time since the attempt began if the request was not sent", async () => {
    const clock = new ManualClock();
    await clock.advance(100_000);
    const { log, lines } = logOf(clock);
    await clock.advance(5);
    log.result("AbortError: The call was aborted.");
    expect(lines[0]?.[2]).toMatchObject({ durationMs: 5 });
  });
});

test("the fields of an error response have its tracking id", () => {
  const { log, lines } = logOf();
  log.response(new Response(null, { status: 404 }), '{"trackingId":"t-1"}', redact);
  expect(lines[0]?.[2]).toMatchObject({ status: 404, trackingId: "t-1" });
});

test("the line of headers shows no secret", () => {
  const { log, lines } = logOf();
  log.headers(
    "request",
    [
      ["authorization", "Bearer s3cr3t-token"],
      ["x-echo", "s3cr3t-token"],
      ["x-own", "1"],
    ],
    redact,
  );
  expect(lines[0]?.slice(0, 2)).toEqual([
    "debug",
    'GET /v2024/things request headers {"authorization":"[redacted]","x-echo":"[redacted]","x-own":"1"}',
  ]);
});
