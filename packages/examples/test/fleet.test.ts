import { startMockTenant } from "@isc-customizers/mock-tenant";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environmentOf, examples, runProgram } from "./program.ts";

const run = join(examples, "run.ts");

test("a fleet without Redis prints how to get one, without the password", async () => {
  await using mock = await startMockTenant();
  // Nothing listens on port 1.
  const host = "127.0.0.1:1";
  const REDIS_URL = `redis://user:sesame@${host}`;
  const outcome = await runProgram(run, ["fleet"], { ...environmentOf(mock), REDIS_URL });
  expect(outcome).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`Could not connect to Redis at ${host}: connect ECONNREFUSED ${host}.
Install Redis (https://redis.io; on Debian and Ubuntu \`apt-get install redis-server\`)`),
  });
  expect(outcome.stdout + outcome.stderr).not.toContain("sesame");
  expect(mock.requests).toEqual([]);
});

test.each(["127.0.0.1:6379", "http://user:sesame@127.0.0.1", "redis//user:sesame@127.0.0.1"])(
  "a fleet rejects an invalid REDIS_URL: %s",
  async (REDIS_URL) => {
    await using mock = await startMockTenant();
    expect(await runProgram(run, ["fleet"], { ...environmentOf(mock), REDIS_URL })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        "REDIS_URL must be the URL of a Redis, such as redis://127.0.0.1:6379.\n",
      ),
    });
  },
);
