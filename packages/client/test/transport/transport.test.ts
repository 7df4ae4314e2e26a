import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import {
  type Client,
  type ClientOptions,
  ConnectionError,
  IscError,
  RateLimitError,
  type RequestOptions,
  ServerError,
  TimeoutError,
} from "../../src/index.ts";
import { EagerClock, ManualClock } from "../support/clock.ts";
import { startServer, unusedUrl } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const create = (client: Client) => client.createConnectorCustomizer({ body: { name: "x" } });

function clientOn(url: string, options: Partial<ClientOptions> = {}, clock = new EagerClock()) {
  const client = createClientWithClock(
    { baseUrl: url, auth: { accessToken: "t" }, rateLimit: false, ...options },
    clock,
  );
  return { client, clock };
}

async function rejection(promise: PromiseLike<unknown>): Promise<IscError> {
  const error = await promise.then(
    () => expect.fail("The call succeeded."),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(IscError);
  return error as IscError;
}

/** Starts a server that sends these responses one after another, then the last one again and again. */
function answers(...all: (readonly [status: number, headers?: Record<string, string>])[]) {
  let n = 0;
  return startServer((_, response) => {
    const [status = 200, headers = {}] = all[Math.min(n++, all.length - 1)] ?? [];
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(status === 200 ? "[]" : "{}");
  });
}

test("a POST is not sent again when reading its response fails", async () => {
  let sent = 0;
  const fetch = () => {
    sent++;
    const cause = Object.assign(new Error("the cache is out of reach"), { syscall: "connect" });
    const body = new ReadableStream({ pull: () => Promise.reject(cause) });
    return Promise.resolve(new Response(body, { status: 201 }));
  };
  const { client } = clientOn("http://localhost", { fetch, auth: { accessToken: "token" } });
  const error = await rejection(create(client));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error.message).toBe(
    "createConnectorCustomizer: POST /v2024/connector-customizers: the response was cut off: the cache is out of reach",
  );
  expect(sent).toBe(1);
});

describe("Retry-After", () => {
  test.each([503, 429])("of a %i takes precedence over the backoff", async (status) => {
    await using server = await answers([status, { "Retry-After": "3" }], [200]);
    const { client, clock } = clientOn(server.url);
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(clock.fired).toEqual([3000]);
  });

  test("of 0 is no wait", async () => {
    await using server = await answers([429, { "Retry-After": "0" }], [200]);
    const { client, clock } = clientOn(server.url);
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(clock.fired).toEqual([0]);
  });

  test("that is a date is compared with the server's clock, not the local one", async () => {
    const date = { Date: "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "Sun, 06 Nov 1994 08:49:42 GMT" };
    await using server = await answers([429, date], [200]);
    const { client, clock } = clientOn(server.url);
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(clock.fired).toEqual([5000]);
  });

  test("that is longer than the rest of `totalTimeout` is not waited for", async () => {
    await using server = await answers([429, { "Retry-After": "10" }]);
    const { client, clock } = clientOn(server.url, { totalTimeout: 10_000 }, new EagerClock(9999));
    const error = await rejection(create(client));
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
    const error = rejection(client.listConnectorCustomizers());
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
    const { client } = clientOn(server.url, options, new EagerClock(61_000));
    const outcome = await client.listConnectorCustomizers().catch((error: unknown) => error);
    if (requests === 2) expect(outcome).toEqual([]);
    else expect(outcome).toMatchObject({ name: "ServerError", retryAfter: seconds * 1000 });
    expect(server.requests).toHaveLength(requests);
  });

  test("of 317 years does not overflow a timer of the rate limiter", async () => {
    await using server = await answers([429, { "Retry-After": "9999999999" }]);
    const options = { maxRetryAfter: Infinity, rateLimit: { requests: 100, seconds: 10 } };
    const { client, clock } = clientOn(server.url, options);
    const error = await rejection(client.listConnectorCustomizers());
    expect(error).toMatchObject({ name: "RateLimitError", retryAfter: 9_999_999_999_000 });
    // The limiter waits as the server asks; the call waits no longer than `totalTimeout`.
    const held = clock.asked(9_999_999_999_000);
    const next = rejection(client.listConnectorCustomizers({}, { totalTimeout: 100_000 }));
    await held;
    clock.expire(100_000);
    expect(await next).toBeInstanceOf(TimeoutError);
    expect(clock.fired).toEqual([100_000]);
    expect(clock.pending).toBe(0);
  });
});

describe("a request to a host that cannot be reached", () => {
  test("is retried, also if it is a POST", async () => {
    const { client, clock } = clientOn(unusedUrl);
    const error = await rejection(create(client));
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
    const { client, clock } = clientOn(unusedUrl.replace("127.0.0.1", "localhost"));
    expect(await rejection(create(client))).toBeInstanceOf(ConnectionError);
    expect(clock.fired).toHaveLength(2);
  });

  test("because its name has no address is retried", async () => {
    const { client, clock } = clientOn("https://no-such-host.invalid");
    expect(await rejection(create(client))).toBeInstanceOf(ConnectionError);
    expect(clock.fired).toHaveLength(2);
  });

  test("is distinguished from one whose connection is closed: a POST is not retried then", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.once("data", () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { client } = clientOn(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await rejection(create(client))).toBeInstanceOf(ConnectionError);
    expect(connections).toBe(1);
    expect(await rejection(client.getConnectorCustomizer({ id }))).toBeInstanceOf(ConnectionError);
    expect(connections).toBe(4);
    await new Promise((resolve) => server.close(resolve));
  });
});

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
    const call = rejection(client.listConnectorCustomizers());
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
    const { client } = clientOn(server.url);
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
    const error = rejection(client.listConnectorCustomizers());
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
    const call = rejection(client.listConnectorCustomizers());
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
    const call = rejection(client.listConnectorCustomizers());
    await asked.promise;
    await clock.advance(300_000);
    expect(await call).toBeInstanceOf(TimeoutError);
    expect(clock.pending).toBe(0);
  });
});

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
      const { client } = clientOn(server.url, { retries: ofClient });
      const error = await rejection(client.listConnectorCustomizers({}, { retries: ofCall }));
      expect(error).toMatchObject({ attempts: expected });
      expect(server.requests).toHaveLength(expected);
    },
  );

  test("`timeout` and `totalTimeout`", async () => {
    let limit = 0;
    const clock = new EagerClock();
    await using server = await startServer(() => clock.expire(limit));
    const { client } = clientOn(server.url, { timeout: 70_000, totalTimeout: 700_000 }, clock);
    const messageAt = async (milliseconds: number, options: RequestOptions) => {
      limit = milliseconds;
      return (await rejection(client.listConnectorCustomizers({}, options))).message;
    };
    expect(await messageAt(50_000, { timeout: 50_000, retries: 0 })).toMatch(/longer than 50000 ms/);
    expect(await messageAt(40_000, { totalTimeout: 40_000 })).toMatch(/longer than 40000 ms/);
    expect(await messageAt(70_000, { retries: 0 })).toMatch(/longer than 70000 ms/);
    expect(await messageAt(700_000, { timeout: 800_000 })).toMatch(/longer than 700000 ms/);
  });
});

describe("a call of `raw`", () => {
  test("is retried after a lost connection if it is a GET, but not if it is a POST", async () => {
    await using server = await startServer((request) => request.socket.destroy());
    const { client } = clientOn(server.url);
    await rejection(client.raw.POST("/connector-customizers", { body: { name: "x" } }));
    expect(server.requests).toHaveLength(1);
    await rejection(client.raw.GET("/connector-customizers"));
    expect(server.requests).toHaveLength(4);
  });

  test("is retried with its body", async () => {
    await using server = await answers([429, { "Retry-After": "1" }], [200]);
    const { client } = clientOn(server.url);
    const { response } = await client.raw.POST("/connector-customizers", { body: { name: "x" } });
    expect(response.status).toBe(200);
    expect(server.requests.map(({ body }) => body)).toEqual(['{"name":"x"}', '{"name":"x"}']);
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
    const result = await clientOn(server.url)
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
    const call = clientOn(server.url).client.putConnectorCustomizer({ id, body: { name: "x" } });
    expect((await rejection(call)).name).toBe("NotFoundError");
  });
});
