import { describe, expect, test } from "vitest";
import { type RequestOptions } from "../../src/index.ts";
import { clientWithClock } from "../support/client.ts";
import { EagerClock } from "../support/clock.ts";
import { iscErrorOf } from "../support/rejection.ts";
import { answers, startServer } from "../support/server.ts";

describe("an option of a call takes precedence over the client's", () => {
  test.each([
    [undefined, undefined, 3],
    [0, undefined, 1],
    [undefined, 0, 1],
    [5, 1, 2],
    [0, 4, 5],
  ])(
    "`retries: %s` of the client and `retries: %s` of the call make %i requests",
    async (ofClient, ofCall, expected) => {
      await using server = await answers([503]);
      const { client } = clientWithClock(server.url, { retries: ofClient });
      const error = await iscErrorOf(client.listConnectorCustomizers({}, { retries: ofCall }));
      expect(error).toMatchObject({ attempts: expected });
      expect(server.requests).toHaveLength(expected);
    },
  );

  test("`timeout` and `totalTimeout`", async () => {
    let limit = 0;
    const clock = new EagerClock();
    await using server = await startServer(() => clock.expire(limit));
    const { client } = clientWithClock(server.url, { timeout: 70_000, totalTimeout: 700_000 }, clock);
    const messageAt = async (milliseconds: number, options: RequestOptions) => {
      limit = milliseconds;
      return (await iscErrorOf(client.listConnectorCustomizers({}, options))).message;
    };
    expect(await messageAt(50_000, { timeout: 50_000, retries: 0 })).toMatch(/longer than 50000 ms/);
    expect(await messageAt(40_000, { totalTimeout: 40_000 })).toMatch(/longer than 40000 ms/);
    expect(await messageAt(70_000, { retries: 0 })).toMatch(/longer than 70000 ms/);
    expect(await messageAt(700_000, { timeout: 800_000 })).toMatch(/longer than 700000 ms/);
  });
});
