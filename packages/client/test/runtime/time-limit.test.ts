import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { TimeoutError } from "../../src/index.ts";
import { clientWithClock } from "../support/client.ts";
import { ManualClock } from "../support/clock.ts";
import { iscErrorOf } from "../support/rejection.ts";
import { answers, startServer } from "../support/server.ts";

describe("time limits", () => {
  test("`timeout` covers the body of the response", async () => {
    const clock = new ManualClock();
    const begun = Promise.withResolvers<void>();
    await using server = await startServer((_, response) =>
      response.writeHead(200).write("[", () => begun.resolve()),
    );
    const client = createClientWithClock(
      { baseUrl: server.url, auth: { accessToken: "t" }, rateLimit: false, retries: 0 },
      clock,
    );
    const call = iscErrorOf(client.listConnectorCustomizers());
    await begun.promise;
    await clock.advance(29_999);
    await clock.advance(1);
    expect(await call).toBeInstanceOf(TimeoutError);
    expect((await call).message).toMatch(/took longer than 30000 ms/);
    expect(clock.pending).toBe(0);
  });

  test("the body of `asResponse` has no time limit", async () => {
    const clock = new ManualClock();
    await using server = await startServer((_, response) => {
      response.writeHead(200).write("[");
      setImmediate(() => void clock.advance(1_000_000).then(() => response.end("]")));
    });
    const client = createClientWithClock(
      { baseUrl: server.url, auth: { accessToken: "t" }, rateLimit: false },
      clock,
    );
    const response = await client.listConnectorCustomizers().asResponse();
    expect(clock.pending).toBe(0);
    expect(await response.json()).toEqual([]);
    expect(clock.now()).toBe(1_000_000);
  });

  test("the body of `asResponse` ends with the caller's signal", async () => {
    await using server = await startServer((_, response) => void response.writeHead(200).write("["));
    const { client } = clientWithClock(server.url);
    const controller = new AbortController();
    const response = await client.listConnectorCustomizers({}, { signal: controller.signal }).asResponse();
    const body = response.text();
    controller.abort(new Error("enough"));
    await expect(body).rejects.toThrow("enough");
  });

  test("`totalTimeout` covers the attempts and the waits between them", async () => {
    await using server = await answers([503, { "Retry-After": "2" }]);
    const clock = new ManualClock();
    const client = createClientWithClock(
      { baseUrl: server.url, auth: { accessToken: "t" }, retries: 100, totalTimeout: 9000 },
      clock,
    );
    let pause = clock.asked(2000);
    const error = iscErrorOf(client.listConnectorCustomizers());
    for (let wait = 0; wait < 4; wait++) {
      await pause;
      pause = clock.asked(2000);
      await clock.advance(2000);
    }
    // The fifth wait would be longer than the rest of the time.
    expect(await error).toMatchObject({ name: "ServerError", attempts: 5 });
    expect(clock.fired).toEqual([2000, 2000, 2000, 2000]);
    expect(clock.pending).toBe(0);
  });

  test("`totalTimeout` ends an attempt whose `timeout` is longer", async () => {
    const clock = new ManualClock();
    const arrived = Promise.withResolvers<void>();
    await using server = await startServer(() => arrived.resolve());
    const options = { timeout: 30_000, totalTimeout: 10_000 };
    const client = createClientWithClock(
      { baseUrl: server.url, auth: { accessToken: "t" }, rateLimit: false, ...options },
      clock,
    );
    const call = iscErrorOf(client.listConnectorCustomizers());
    await arrived.promise;
    await clock.advance(10_000);
    expect(await call).toBeInstanceOf(TimeoutError);
    expect((await call).message).toMatch(/took longer than 10000 ms/);
    expect(server.requests).toHaveLength(1);
  });

  test("`totalTimeout` ends the wait for a token", async () => {
    const clock = new ManualClock();
    const asked = Promise.withResolvers<void>();
    const accessToken = () => {
      asked.resolve();
      return new Promise<string>(() => {});
    };
    const client = createClientWithClock({ baseUrl: "http://localhost", auth: { accessToken } }, clock);
    const call = iscErrorOf(client.listConnectorCustomizers());
    await asked.promise;
    await clock.advance(300_000);
    expect(await call).toBeInstanceOf(TimeoutError);
    expect(clock.pending).toBe(0);
  });
});
