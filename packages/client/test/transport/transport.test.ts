import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { type Client, ConnectionError, RateLimitError, ServerError, TimeoutError } from "../../src/index.ts";
import { clientWithClock } from "../support/client.ts";
import { EagerClock, ManualClock } from "../support/clock.ts";
import { iscErrorOf } from "../support/rejection.ts";
import { answers, unusedUrl } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const create = (client: Client) => client.createConnectorCustomizer({ body: { name: "x" } });

test("a POST is not sent again when reading its response fails", async () => {
  let sent = 0;
  const fetch = () => {
    sent++;
    const cause = Object.assign(new Error("the cache is out of reach"), { syscall: "connect" });
    const body = new ReadableStream({ pull: () => Promise.reject(cause) });
    return Promise.resolve(new Response(body, { status: 201 }));
  };
  const { client } = clientWithClock("http://localhost", { fetch, auth: { accessToken: "token" } });
  const error = await iscErrorOf(create(client));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error.message).toBe(
    "createConnectorCustomizer: POST /v2024/connector-customizers: the response was cut off: the cache is out of reach",
  );
  expect(sent).toBe(1);
});

describe("Retry-After", () => {
  test.each([503, 429])("of a %i takes precedence over the backoff", async (status) => {
    await using server = await answers([status, { "Retry-After": "3" }], [200]);
    const { client, clock } = clientWithClock(server.url);
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(clock.fired).toEqual([3000]);
  });

  test("of 0 is no wait", async () => {
    await using server = await answers([429, { "Retry-After": "0" }], [200]);
    const { client, clock } = clientWithClock(server.url);
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(clock.fired).toEqual([0]);
  });

  test("that is a date is compared with the server's clock, not the local one", async () => {
    const date = { Date: "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "Sun, 06 Nov 1994 08:49:42 GMT" };
    await using server = await answers([429, date], [200]);
    const { client, clock } = clientWithClock(server.url);
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(clock.fired).toEqual([5000]);
  });

  test("that is longer than the rest of `totalTimeout` is not waited for", async () => {
    await using server = await answers([429, { "Retry-After": "10" }]);
    const { client, clock } = clientWithClock(server.url, { totalTimeout: 10_000 }, new EagerClock(9999));
    const error = await iscErrorOf(create(client));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfter: 10_000, attempts: 1 });
    expect(server.requests).toHaveLength(1);
    expect(clock.fired).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test("is not waited for when earlier waits have used up `totalTimeout`", async () => {
    await using server = await answers([503, { "Retry-After": "40" }], [503, { "Retry-After": "55" }]);
    const clock = new ManualClock();
    const asked = clock.asked(40_000);
    const client = createClientWithClock(
      { baseUrl: server.url, auth: { accessToken: "t" }, rateLimit: false, totalTimeout: 90_000 },
      clock,
    );
    const error = iscErrorOf(client.listConnectorCustomizers());
    await asked;
    await clock.advance(40_000);
    expect(await error).toBeInstanceOf(ServerError);
    expect(await error).toMatchObject({ retryAfter: 55_000, attempts: 2 });
    expect(clock.now()).toBe(40_000);
    expect(clock.pending).toBe(0);
  });

  test.each([
    [60, undefined, 2],
    [61, undefined, 1],
    [61, 61_000, 2],
    [1, 999, 1],
    [0, 0, 2],
  ])("of %i s, when the longest is %s, makes %i requests", async (seconds, maxRetryAfter, requests) => {
    await using server = await answers([503, { "Retry-After": `${seconds}` }], [200]);
    const options = { maxRetryAfter, timeout: 100_000 };
    const { client } = clientWithClock(server.url, options, new EagerClock(61_000));
    const outcome = await client.listConnectorCustomizers().catch((error: unknown) => error);
    if (requests === 2) expect(outcome).toEqual([]);
    else expect(outcome).toMatchObject({ name: "ServerError", retryAfter: seconds * 1000 });
    expect(server.requests).toHaveLength(requests);
  });

  test("of 317 years does not overflow a timer of the rate limiter", async () => {
    await using server = await answers([429, { "Retry-After": "9999999999" }]);
    const options = { maxRetryAfter: Infinity, rateLimit: { requests: 100, seconds: 10 } };
    const { client, clock } = clientWithClock(server.url, options);
    const error = await iscErrorOf(client.listConnectorCustomizers());
    expect(error).toMatchObject({ name: "RateLimitError", retryAfter: 9_999_999_999_000 });
    // The limiter waits as the server asks; the call waits no longer than `totalTimeout`.
    const held = clock.asked(9_999_999_999_000);
    const next = iscErrorOf(client.listConnectorCustomizers({}, { totalTimeout: 100_000 }));
    await held;
    clock.expire(100_000);
    expect(await next).toBeInstanceOf(TimeoutError);
    expect(clock.fired).toEqual([100_000]);
    expect(clock.pending).toBe(0);
  });
});

describe("a request to a host that cannot be reached", () => {
  test("is retried, also if it is a POST", async () => {
    const { client, clock } = clientWithClock(unusedUrl);
    const error = await iscErrorOf(create(client));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(clock.fired).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  test("succeeds when the host comes up before the next attempt", async () => {
    const url = unusedUrl;
    const clock = new ManualClock();
    const asked = clock.asked(250, 500);
    const client = createClientWithClock(
      { baseUrl: url, auth: { accessToken: "t" }, rateLimit: false },
      clock,
    );
    const created = client.createConnectorCustomizer({ body: { name: "x" } }).then((data) => data);
    await asked;
    let seen = 0;
    const server = createHttpServer((_, response) => {
      seen++;
      response.end('{"id":"1"}');
    });
    await new Promise<void>((resolve) => server.listen(Number(new URL(url).port), "127.0.0.1", resolve));
    await clock.advance(500);
    expect(await created).toEqual({ id: "1" });
    expect(seen).toBe(1);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test("at either of its two addresses is retried", async () => {
    // `localhost` has two addresses where the machine has both families.
    const { client, clock } = clientWithClock(unusedUrl.replace("127.0.0.1", "localhost"));
    expect(await iscErrorOf(create(client))).toBeInstanceOf(ConnectionError);
    expect(clock.fired).toHaveLength(2);
  });

  test("because its name has no address is retried", async () => {
    const { client, clock } = clientWithClock("https://no-such-host.invalid");
    expect(await iscErrorOf(create(client))).toBeInstanceOf(ConnectionError);
    expect(clock.fired).toHaveLength(2);
  });

  test("is distinguished from one whose connection is closed: a POST is not retried then", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.once("data", () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { client } = clientWithClock(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await iscErrorOf(create(client))).toBeInstanceOf(ConnectionError);
    expect(connections).toBe(1);
    expect(await iscErrorOf(client.getConnectorCustomizer({ id }))).toBeInstanceOf(ConnectionError);
    expect(connections).toBe(4);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("a DELETE", () => {
  test.each<[number[], string]>([
    [[503, 404], "no error"],
    [[504, 429, 404], "no error"],
    [[404], "NotFoundError"],
    [[429, 404], "NotFoundError"],
    [[503, 403], "ForbiddenError"],
  ])("that gets the responses %j ends with %s", async (statuses, expected) => {
    await using server = await answers(...statuses.map((status) => [status] as const));
    const result = await clientWithClock(server.url)
      .client.deleteConnectorCustomizer({ id })
      .then(
        () => "no error",
        (error: unknown) => (error as Error).name,
      );
    expect(result).toBe(expected);
    expect(server.requests).toHaveLength(statuses.length);
  });

  test("differs from a PUT, which ends with a NotFoundError for a 404 after a 503", async () => {
    await using server = await answers([503], [404]);
    const call = clientWithClock(server.url).client.putConnectorCustomizer({ id, body: { name: "x" } });
    expect((await iscErrorOf(call)).name).toBe("NotFoundError");
  });
});
